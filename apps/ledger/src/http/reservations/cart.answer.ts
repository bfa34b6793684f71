import { ProblemError, type Problem } from '#platform';
import type { CartPlace } from '../../composition/carts.js';
import type { CartAnswer, CartHold } from '../../reservations/index.js';
import { outcomeProblem } from '../outcome-problem.js';

/** A line of a cart as it stands now; `problem` says why it holds less than was asked. */
export type CartLineView = {
  readonly sku: string;
  readonly held: number;
  readonly requested?: number;
  readonly expiresAt?: string;
  /** Of what it holds, the units that have yet to come. */
  readonly incoming?: CartHold['incoming'];
  readonly problem?: Problem;
};
export type CartView = CartPlace & { readonly position?: string; readonly lines: readonly CartLineView[] };

type Holds = { readonly lines: readonly CartHold[]; readonly position?: string };

export const cartView = ({ channel, cart }: CartPlace, { lines, position }: Holds): CartView => ({
  channel,
  cart,
  ...(position !== undefined && { position }),
  lines: lines.map(lineView),
});

const lineView = ({ failure, ...line }: CartHold): CartLineView =>
  failure === undefined ? line : { ...line, problem: outcomeProblem(failure).problem };

/**
 * The cart that is held.
 * @throws ProblemError for a cart that is not: the problem of the SKU that was refused, with all lines as they stand
 */
export const heldCart = (place: CartPlace, answer: CartAnswer): CartView => {
  if (answer.kind === 'held') return cartView(place, answer);
  const { problem } = outcomeProblem(answer.failure);
  throw new ProblemError(problem.code, {
    ...extrasOf(problem),
    facts: { ...problem, sku: answer.sku, lines: answer.lines.map(lineView) },
  });
};

/** @throws ProblemError when no line answered, with the problem of the first */
export const touchedCart = (place: CartPlace, holds: Holds): CartView => {
  const [first] = holds.lines;
  if (first === undefined) throw new ProblemError('reservation_not_found', { facts: { ...place } });
  if (first.failure && holds.lines.every(({ failure }) => failure)) throw outcomeProblem(first.failure);
  return cartView(place, holds);
};

const extrasOf = ({ detail, field, retryAfterSeconds }: Problem): object => ({
  ...(detail !== undefined && { detail }),
  ...(field !== undefined && { field }),
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});
