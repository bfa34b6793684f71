import type { QuotaFilled, QuotaReturned } from '../events.js';
import type { Quota } from '../standing.js';
import { balancesAt } from '../state/balances.js';
import { fencedFor, inPriority, openOf } from '../state/quotas.js';
import type { Draft } from './draft.js';

type At = Pick<Quota, 'channel' | 'location'>;

const filled = (draft: Draft, { channel, location }: At, quantity: number): QuotaFilled => ({
  type: 'QuotaFilled',
  data: {
    parts: [{ location, from: 'sellable', to: `fenced:${channel}`, quantity }],
    ...{ channel, location, quantity },
  },
  occurredAt: draft.now,
});

const returned = (
  draft: Draft,
  { channel, location }: At,
  quantity: number,
  reason: QuotaReturned['data']['reason'],
): QuotaReturned => ({
  type: 'QuotaReturned',
  data: {
    parts: [{ location, from: `fenced:${channel}`, to: 'sellable', quantity }],
    ...{ channel, location, quantity, reason },
  },
  occurredAt: draft.now,
});

const giveBackSurplus = (draft: Draft): void => {
  for (const quota of draft.state().quotas.values()) {
    const surplus = fencedFor(draft.state().balances, quota) - openOf(quota);
    if (surplus > 0) draft.emit(returned(draft, quota, surplus, 'lowered'));
  }
};

/** Units that are not there cannot be kept for anybody: the quotas that are filled last lose theirs first. */
const coverShortages = (draft: Draft): void => {
  for (const quota of inPriority(draft.state()).toReversed()) {
    const { balances } = draft.state();
    const short = -balancesAt(balances, quota.location).sellable;
    const quantity = Math.min(short, fencedFor(balances, quota));
    if (quantity > 0) draft.emit(returned(draft, quota, quantity, 'short'));
  }
};

const mayHaveQuotas = ({ before, events }: Draft): boolean =>
  before.quotas.size > 0 || events.some(({ type }) => type === 'QuotaSet');

/** What quotas hold too much goes back to the pool, before anybody is served from it. */
export const returnQuotas = (draft: Draft): void => {
  if (!mayHaveQuotas(draft)) return;
  giveBackSurplus(draft);
  coverShortages(draft);
};

/** What is still free when everybody who is owed has been served is fenced for the quotas that lack units, in their order. */
export const fillQuotas = (draft: Draft): void => {
  if (!mayHaveQuotas(draft)) return;
  for (const quota of inPriority(draft.state())) {
    const { balances } = draft.state();
    const lack = openOf(quota) - fencedFor(balances, quota);
    const quantity = Math.min(lack, balancesAt(balances, quota.location).sellable);
    if (quantity > 0) draft.emit(filled(draft, quota, quantity));
  }
};
