import { isEdited, type LineChange, lineOf, movedByEdit, quantitiesOf } from './edits.js';
import { type Path } from './history.js';
import { either, eitherOf, type NumberSet, setOf, sum, sumOf, times } from '#channel-kit';
import { movesOf } from './packs.js';
import { givesBack, type Transition } from './states.js';
import { type OrderLine, type ShopView } from './views.js';

const movedBy = (shop: ShopView, line: OrderLine, transitions: readonly Transition[], quantity: number): NumberSet =>
  sumOf(transitions.map((transition) => times(movesOf(shop, line, transition), quantity)));

/** The edit stands after `place` of the path's transitions: those before it move the old quantity, those after it the new. */
const editedAt = (shop: ShopView, change: LineChange, path: Path, place: number): NumberSet => {
  const { before, after } = quantitiesOf(change);
  const line = lineOf(change);
  const state = path.transitions[place - 1]?.to ?? path.start;
  return sumOf([
    movedBy(shop, line, path.transitions.slice(0, place), before),
    movedByEdit(shop, change, state),
    movedBy(shop, line, path.transitions.slice(place), after),
  ]);
};

/**
 * Units of a line that came back to its rows (negative: were taken) along a path, refunds left out. Nothing tells in which
 * order a line and the state changed between two readings, so each place of the edit is in the set.
 */
export const movedOnPath = (shop: ShopView, change: LineChange, path: Path): NumberSet => {
  if (!isEdited(change)) return movedBy(shop, lineOf(change), path.transitions, quantitiesOf(change).after);
  const later = path.transitions.map((_, index) => editedAt(shop, change, path, index + 1));
  return eitherOf(editedAt(shop, change, path, 0), later);
};

/** Units of a line of an order that was made on this path. What became of the line before it was read once, nobody saw. */
export const movedSinceMade = (shop: ShopView, line: OrderLine, path: Path): NumberSet => {
  const isTaken = path.madeIn !== undefined && !givesBack(shop, path.madeIn);
  const made = setOf([line.reinjected - (isTaken ? line.quantity : 0)]);
  return sum(made, movedBy(shop, line, path.transitions, line.quantity));
};

/** Units of a line of an order that the shop is still making: a line is taken a moment before it can be read. */
export const movedWhileMade = (line: OrderLine): NumberSet => setOf([0, -line.quantity]);

/** The same for an order that was already being made when it was read before: it may have taken the line by then. */
export const movedSinceBegun = (shop: ShopView, line: OrderLine, path: Path): NumberSet => {
  const whole = movedSinceMade(shop, line, path);
  const isTaken = path.madeIn !== undefined && !givesBack(shop, path.madeIn);
  return isTaken ? either(whole, sum(whole, setOf([line.quantity]))) : whole;
};
