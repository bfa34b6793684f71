import type { AtpPolicy } from '#atp';
import { NO_STREAM } from '#event-sourcing';
import type { EventStore } from '#event-sourcing';
import type { Pool } from '#postgres';
import { recipeAt, suppliedAt } from '../past/bundle-at.js';
import { channelsAt } from '../past/channels-at.js';
import { pastEventsMax, skuRowAt } from '../past/sku-row-at.js';
import type { PastSku } from '../past/sku-row-at.js';
import { run } from '../sql.js';
import { isBundle } from '../supply/bundle-rows.js';
import type { BundleRow } from '../supply/bundle-rows.js';
import { atpPolicyOf } from '../supply/channels.js';
import { bundleExplanation } from './bundle-availability.js';
import { explained, explainedHoldsMax } from './explained.js';
import { queryStatements as sql } from './statements.js';
import type { OpenHold, Queries } from './types.js';

/** Explanations of the past are folded from the log: policies and the SKU as they were known at that moment. */
export const pastQueries = (pool: Pool, store: Pick<EventStore, 'read'>): Pick<Queries, 'explainAt'> => ({
  explainAt: async (channel, sku, knownAt) => {
    const policy = atpPolicyOf(await channelsAt(pool, store, knownAt), channel);
    if (policy === undefined) return { kind: 'unknown_channel' };
    const past = await skuRowAt(store, sku, knownAt);
    if (past.kind === 'too_many_events') return tooManyEvents;
    const bundle = await recipeAt(store, sku, knownAt);
    if (bundle !== undefined && isBundle(bundle, past.row.revision === NO_STREAM ? undefined : past.row))
      return bundleAsThen(store, policy, bundle);
    const { revision, position, ...rest } = explained(policy, past.row, holdsOf(past));
    if (revision !== NO_STREAM) return { kind: 'found', answer: { ...rest, revision, position } };
    return { kind: 'found', answer: (await isKnown(pool, sku)) ? rest : undefined };
  },
});

const tooManyEvents = { kind: 'too_many_events', eventsMax: pastEventsMax } as const;

const bundleAsThen = async (store: Pick<EventStore, 'read'>, policy: AtpPolicy, bundle: BundleRow) => {
  const supplied = await suppliedAt(store, bundle);
  if (supplied === 'too_many_events') return tooManyEvents;
  const { sequence: _sequence, ...answer } = bundleExplanation(policy, supplied, 0);
  return { kind: 'found', answer } as const;
};

/** A SKU that was opened later was not known then; one that nobody has ever reported is another matter. */
const isKnown = async (pool: Pool, sku: string): Promise<boolean> =>
  (await run(pool, sql['read-head'], [sku])).length > 0;

const holdsOf = ({ holds }: Extract<PastSku, { readonly kind: 'found' }>): readonly OpenHold[] =>
  holds.slice(0, explainedHoldsMax).map(({ reservation, channel, revision, held }) => ({
    ...{ reservation, channel, quantity: held.quantity, revision, expiresAt: held.expiresAt },
    ...(held.listing !== undefined && { listing: held.listing }),
  }));
