import { refused } from '#event-sourcing';
import type { CountStock } from '../commands.js';
import { difference } from '../difference.js';
import { factKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import type { StockRefusal } from '../refusals.js';
import { balancesAt, onHandOf, usableOf } from '../state/balances.js';
import { findCount, intoSellable, type RecentCount } from '../state/counts.js';
import type { PostedFact } from '../state/facts.js';
import { firstInstant, horizonOf, movedSince } from '../state/movements.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { checkMoment, firstRefusal } from './form.js';
import { reported, report } from './report.js';

/** The ledger's own figure at the count's moment, without what an earlier version of the same count has posted. */
const expectedAt = ({ location, asOf, basis }: CountStock, draft: Draft, own: RecentCount | undefined): number => {
  const balances = balancesAt(draft.state().balances, location);
  const since = movedSince(draft.state(), location, asOf);
  const then = basis === 'on_hand' ? onHandOf(balances) - since.onHand : usableOf(balances) - since.usable;
  return then - (own && own.asOf <= asOf ? own.net : 0);
};

const postedAs = (location: string, difference: number): readonly Part[] => {
  if (difference === 0) return [];
  return difference > 0
    ? [{ location, from: 'adjustment', to: 'sellable', quantity: difference }]
    : [{ location, from: 'sellable', to: 'adjustment', quantity: -difference }];
};

type Own = RecentCount & { readonly location: string };

/** An earlier version too old to be among the recent counts: what it posted stands all the same, long before this one. */
const forgotten = (command: CountStock, last: PostedFact): Own | undefined => {
  const location = last.stands[0]?.location;
  if (location === undefined) return undefined;
  const { basis } = command;
  return { count: factKeyOf(command), asOf: firstInstant, basis, net: intoSellable(last.stands, location), location };
};

const post = (command: CountStock, draft: Draft, last: PostedFact | undefined): StockDecision => {
  const { location, asOf, basis, observed } = command;
  const oldest = horizonOf(draft.before, draft.now);
  if (asOf < oldest) return refused({ code: 'count_too_old', asOf, oldest });
  const own = findCount(draft.before, factKeyOf(command)) ?? (last && forgotten(command, last));
  const expected = expectedAt(command, draft, own?.location === location ? own : undefined);
  const stands = postedAs(location, observed - expected);
  const standing = own ? postedAs(own.location, own.net) : [];
  const counted = { location, asOf, basis, observed, expected, difference: observed - expected };
  const data = { ...counted, ...reported(command, draft, last, { parts: difference(stands, standing), stands }) };
  draft.emit({ type: 'StockCounted', data, occurredAt: asOf });
  return conclude(draft);
};

/** What bookings alone explain: reservations and commitments are no physical movements, and have no history here. */
const checkBasis = ({ basis }: CountStock): StockRefusal | undefined =>
  basis === 'on_hand' || basis === 'usable' ? undefined : { code: 'basis_not_supported', basis };

/** Somebody counted: compared with the ledger of that moment, the difference alone is posted, to sellable. */
export const count = (command: CountStock, draft: Draft): StockDecision => {
  const refusal = firstRefusal(
    () => checkMoment(command.asOf, draft.now),
    () => checkBasis(command),
  );
  return refusal ? refused(refusal) : report(command, draft, (last) => post(command, draft, last));
};
