import type { Instant } from '#event-sourcing';
import { acknowledgedBy } from '../acknowledged.js';
import type { Basis, TellableBasis } from '../events.js';
import { balancesAt, onHandOf, usableOf } from '../state/balances.js';
import type { Movement } from '../state/movement.js';
import { movedSince } from '../state/movements.js';
import type { StockState } from '../state/state.js';
import { unreachable } from '../unreachable.js';

/** What a figure is about: somebody's word on a location at a moment. */
export type Figure = {
  readonly connection: string;
  readonly location: string;
  readonly asOf: Instant;
  readonly basis: TellableBasis;
};

/** Reservations come and go without a physical movement, and have no history here: what was sellable cannot be told. */
export const isTellable = (basis: Basis): basis is TellableBasis => basis !== 'sellable';

/** Units at a location that are committed and that a connection knows of. */
const acknowledgedAt = ({ lines }: Pick<StockState, 'lines'>, connection: string, location: string): number => {
  let sum = 0;
  for (const { line } of lines.values()) if (line.acknowledged) sum += acknowledgedBy(line, { connection, location });
  return sum;
};

/** What a movement changes of figures with this basis, as this connection gives them. */
export const changeFor = (
  { basis, connection }: Pick<Figure, 'basis' | 'connection'>,
  { onHand, usable, acknowledged = [] }: Movement,
): number => {
  switch (basis) {
    case 'on_hand':
      return onHand;
    case 'usable':
      return usable;
    case 'free':
      return usable - (acknowledged.find((known) => known.connection === connection)?.quantity ?? 0);
    default:
      return unreachable(basis);
  }
};

const standing = (state: StockState, { basis, connection, location }: Figure): number => {
  const balances = balancesAt(state.balances, location);
  switch (basis) {
    case 'on_hand':
      return onHandOf(balances);
    case 'usable':
      return usableOf(balances);
    case 'free':
      return usableOf(balances) - acknowledgedAt(state, connection, location);
    default:
      return unreachable(basis);
  }
};

/**
 * The ledger's own figure of that moment, as far as it is known now: what stands, less what has moved since. `free` is
 * what is usable less the commitments that the figure's connection had acknowledged by then.
 */
export const expectedAt = (state: StockState, figure: Figure): number =>
  standing(state, figure) - changeFor(figure, movedSince(state, figure.location, figure.asOf));
