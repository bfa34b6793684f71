import { refused } from '#event-sourcing';
import type { CountStock } from '../commands.js';
import type { TellableBasis } from '../events.js';
import { difference } from '../difference.js';
import { factKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import { findCount, intoSellable, type RecentCount } from '../state/counts.js';
import type { PostedFact } from '../state/facts.js';
import { firstInstant, horizonOf } from '../state/movements.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { expectedAt, isTellable } from './expected.js';
import { checkMoment } from './form.js';
import { reported, report } from './report.js';

type Tellable = CountStock & { readonly basis: TellableBasis };

/** The ledger's own figure at the count's moment, without what an earlier version of the same count has posted. */
const expectedOf = (command: Tellable, draft: Draft, own: RecentCount | undefined): number =>
  expectedAt(draft.state(), command) - (own && own.asOf <= command.asOf ? own.net : 0);

/** What a difference from the ledger's own figure posts, to sellable. */
export const postedAs = (location: string, difference: number): readonly Part[] => {
  if (difference === 0) return [];
  return difference > 0
    ? [{ location, from: 'adjustment', to: 'sellable', quantity: difference }]
    : [{ location, from: 'sellable', to: 'adjustment', quantity: -difference }];
};

type Own = RecentCount & { readonly location: string };

/** An earlier version too old to be among the recent counts: what it posted stands all the same, long before this one. */
const forgotten = (command: Tellable, last: PostedFact): Own | undefined => {
  const location = last.stands[0]?.location;
  if (location === undefined) return undefined;
  const { basis, connection } = command;
  return {
    count: factKeyOf(command),
    connection,
    asOf: firstInstant,
    basis,
    net: intoSellable(last.stands, location),
    location,
  };
};

const post = (command: Tellable, draft: Draft, last: PostedFact | undefined): StockDecision => {
  const { location, asOf, basis, observed } = command;
  const oldest = horizonOf(draft.before, draft.now);
  if (asOf < oldest) return refused({ code: 'count_too_old', asOf, oldest });
  const own = findCount(draft.before, factKeyOf(command)) ?? (last && forgotten(command, last));
  const expected = expectedOf(command, draft, own?.location === location ? own : undefined);
  const stands = postedAs(location, observed - expected);
  const standing = own ? postedAs(own.location, own.net) : [];
  const counted = { location, asOf, basis, observed, expected, difference: observed - expected };
  const data = { ...counted, ...reported(command, draft, last, { parts: difference(stands, standing), stands }) };
  draft.emit({ type: 'StockCounted', data, occurredAt: asOf });
  return conclude(draft);
};

/** Somebody counted: compared with the ledger of that moment, the difference alone is posted, to sellable. */
export const count = (command: CountStock, draft: Draft): StockDecision => {
  const { asOf, basis } = command;
  const ahead = checkMoment(asOf, draft.now);
  if (ahead) return refused(ahead);
  if (!isTellable(basis)) return refused({ code: 'basis_not_supported', basis });
  return report(command, draft, (last) => post({ ...command, basis }, draft, last));
};
