import { ProblemError, type Problem } from '#platform';
import type { CartPlace, SetCartAnswer } from '../../composition/carts.js';
import type { CartHold, HeldBundle } from '../../reservations/index.js';
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
/** The lines are SKUs that are stocked; `bundles` what they make of the bundles asked for, as they were exploded. */
export type CartView = CartPlace & {
  readonly position?: string;
  readonly lines: readonly CartLineView[];
  readonly bundles?: readonly HeldBundle[];
};

type Holds = Pick<CartView, 'position' | 'bundles'> & { readonly lines: readonly CartHold[] };

export const cartView = ({ channel, cart }: CartPlace, { lines, position, bundles }: Holds): CartView => ({
  channel,
  cart,
  ...(position !== undefined && { position }),
  lines: lines.map(lineView),
  ...(bundles && { bundles }),
});

const lineView = ({ failure, ...line }: CartHold): CartLineView =>
  failure === undefined ? line : { ...line, problem: outcomeProblem(failure).problem };

/**
 * The cart that is held.
 * @throws ProblemError for a cart that is not: the problem of the SKU that was refused, with all lines as they stand
 */
export const heldCart = (place: CartPlace, answer: SetCartAnswer): CartView => {
  if (answer.kind === 'held') return cartView(place, answer);
  if (answer.kind === 'too_many_skus') {
    const { skus, max } = answer;
    const detail = `the components of its bundles make ${skus} SKUs of this cart; ${max} are taken`;
    throw new ProblemError('too_many_items', { field: 'lines', detail, facts: { skus, max } });
  }
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
