import type { Reserve, StockRefusal } from '#stock';
import type { Caller } from '../caller.js';
import type { Failure } from '../failure.js';
import { mergedLines, reservationOf, type CartAnswer, type CartHold, type CartLine, type ReserveCart } from './cart.js';
import {
  executeOn,
  highestPosition,
  holdOf,
  holdsNow,
  type CartDeskDeps,
  type SkuAccepted,
  type SkuOutcome,
} from './cart-desk.js';
import { quantityBefore, undoReservation, type Undoing } from './undo.js';

/**
 * All SKUs of a cart or none, without a transaction over streams: SKU by SKU, and at the first refusal what was done is
 * set back to what it was. Every step has an id that follows from the cart's: a retry after a crash finds what was
 * done, and an undone id is decided anew, so a refused cart may come again under its own id. Should the process die in
 * between, the holds end by their expiry.
 */

/** A line with what the cart held of its SKU when the request came. */
type Step = { readonly line: CartLine; readonly before: CartHold; readonly revision: number };
type Done<State> = Step & { readonly outcome: SkuAccepted<State> };
type Stopped = Step & { readonly failure: Failure<StockRefusal> };

const commandOf = (cart: ReserveCart, line: CartLine): Reserve => ({
  kind: 'reserve',
  connection: cart.connection,
  channel: cart.channel,
  cart: cart.cart,
  quantity: line.quantity,
  ...(cart.ttlMillis === undefined ? {} : { ttlMillis: cart.ttlMillis }),
  ...(line.listing === undefined ? {} : { listing: line.listing }),
  ...(cart.partial === true ? { partial: true } : {}),
});

const shrinks = ({ line, before }: Step): boolean => line.quantity < before.held;

const loadSteps = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  lines: readonly CartLine[],
): Promise<readonly Step[]> => {
  const loaded = await deps.stock.load(lines.map(({ sku }) => deps.stockStream(sku)));
  return lines.flatMap((line, index): Step[] => {
    const at = loaded[index];
    return at === undefined ? [] : [{ line, before: holdOf(deps, cart, line.sku, at.state), revision: at.revision }];
  });
};

/**
 * In the order of SKUs, the lines that shrink after all others: giving back is never refused, so no undo has to take
 * units again that somebody else may have bought by then. A line that stands already is not among the last: an earlier
 * try of this very command may have left it, and a refusal must take it back. A cart of one SKU, the common one, has
 * nothing to undo and looks at nothing first.
 */
const stepsOf = async <State>(deps: CartDeskDeps<State>, cart: ReserveCart): Promise<readonly Step[]> => {
  const lines = mergedLines(cart.lines);
  const [only] = lines;
  if (only !== undefined && lines.length === 1 && cart.partial !== true)
    return [{ line: only, before: { sku: only.sku, held: 0 }, revision: -1 }];
  const steps = await loadSteps(deps, cart, lines);
  return [...steps.filter((step) => !shrinks(step)), ...steps.filter(shrinks)];
};

const undoingOf = <State>(cart: ReserveCart, { line, before, outcome }: Done<State>): Undoing => {
  const quantity = quantityBefore(outcome.events, reservationOf(cart));
  const kept = quantity > 0 && !outcome.repeated && before.expiresAt !== undefined;
  return {
    sku: line.sku,
    before: { quantity, ...(kept ? { expiresAt: before.expiresAt } : {}) },
    revision: outcome.events.at(-1)?.revision ?? outcome.revision,
  };
};

const undoingUnknown = ({ line, before, revision }: Stopped): Undoing => ({
  sku: line.sku,
  before: { quantity: before.held, ...(before.expiresAt === undefined ? {} : { expiresAt: before.expiresAt }) },
  revision,
});

/**
 * What a stop has to take back. A refusal proves that this cart was never complete under this id, so what an earlier try
 * had done goes too. After any other failure a repeated step may belong to a cart that was accepted whole: it stays.
 */
const toUndo = <State>(cart: ReserveCart, done: readonly Done<State>[], stopped: Stopped): readonly Undoing[] => {
  const refused = stopped.failure.kind === 'refused';
  const mine = done.filter(({ outcome }) => refused || !outcome.repeated).map((each) => undoingOf(cart, each));
  const unknown = stopped.failure.kind === 'outcome_unknown' && done.length > 0 && mine.length === done.length;
  return unknown ? [undoingUnknown(stopped), ...mine.toReversed()] : mine.toReversed();
};

const takeBack = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  done: readonly Done<State>[],
  stopped: Stopped,
  caller: Caller,
): Promise<CartAnswer> => {
  for (const undoing of toUndo(cart, done, stopped)) await undoReservation(deps, cart, undoing, caller);
  const lines = await holdsNow(
    deps,
    cart,
    mergedLines(cart.lines).map(({ sku }) => sku),
  );
  return { kind: 'not_held', sku: stopped.line.sku, failure: stopped.failure, lines };
};

const holdAfter = <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  { line, before }: Step,
  outcome: SkuOutcome<State>,
): CartHold => {
  const requested = { requested: line.quantity };
  if (outcome.kind !== 'accepted') return { ...before, ...requested, failure: outcome };
  return { ...holdOf(deps, cart, line.sku, outcome.state), ...requested };
};

const bySku = (a: CartHold, b: CartHold): number => (a.sku < b.sku ? -1 : 1);

const reserveAll = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  steps: readonly Step[],
  caller: Caller,
): Promise<CartAnswer> => {
  const done: Done<State>[] = [];
  for (const step of steps) {
    const outcome = await executeOn(deps, step.line.sku, commandOf(cart, step.line), caller, cart.said);
    if (outcome.kind !== 'accepted') return takeBack(deps, cart, done, { ...step, failure: outcome }, caller);
    done.push({ ...step, outcome });
  }
  const lines = done.map((each) => holdAfter(deps, cart, each, each.outcome)).toSorted(bySku);
  return { kind: 'held', lines, ...highestPosition(done.map(({ outcome }) => outcome)) };
};

/** Each SKU for itself: what there is of it is held, and a refusal of one (an unknown SKU) says so at its line. */
const reserveEach = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  steps: readonly Step[],
  caller: Caller,
): Promise<CartAnswer> => {
  const outcomes: SkuOutcome<State>[] = [];
  const lines: CartHold[] = [];
  for (const step of steps) {
    const outcome = await executeOn(deps, step.line.sku, commandOf(cart, step.line), caller, cart.said);
    outcomes.push(outcome);
    lines.push(holdAfter(deps, cart, step, outcome));
  }
  return { kind: 'held', lines: lines.toSorted(bySku), ...highestPosition(outcomes) };
};

/** Sets what a cart holds of each SKU. Lines of one SKU are merged first. A cart without lines holds nothing new. */
export const reserveCart = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReserveCart,
  caller: Caller,
): Promise<CartAnswer> => {
  const steps = await stepsOf(deps, cart);
  return cart.partial === true ? reserveEach(deps, cart, steps, caller) : reserveAll(deps, cart, steps, caller);
};
