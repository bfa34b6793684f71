import { NO_STREAM, numberOf } from '#event-sourcing';
import type { EventStore, Instant } from '#event-sourcing';
import { isPreorderLine, skuPolicyStream } from '#atp';
import { applyPolicyEvent, emptyBook } from '#policies';
import { fencedOf } from '../balances/counts.js';
import { stockStreamOf } from '../events/ledger-event.js';
import { keyOf, noChanges } from '../fold/changes.js';
import type { FoldChanges, HoldChange } from '../fold/changes.js';
import { foldStockEvent } from '../fold/fold-stock-event.js';
import type { SkuRow } from '../supply/sku-rows.js';
import { recordedUpTo } from './recorded-up-to.js';

/** Events that are folded for one answer about the past: a second or two. */
export const pastEventsMax = 100_000;

/** What the fold would have had of a SKU at a moment. */
export type PastSku =
  | { readonly kind: 'found'; readonly row: SkuRow; readonly holds: readonly OpenHoldRow[] }
  | { readonly kind: 'too_many_events' };
type OpenHoldRow = HoldChange & { readonly held: NonNullable<HoldChange['held']> };

/** Folded from the stream by the fold's own code: what its rows say now is what this says of now. */
export const skuRowAt = async (store: Pick<EventStore, 'read'>, sku: string, at: Instant): Promise<PastSku> => {
  const changes = noChanges();
  let count = 0;
  for await (const events of recordedUpTo(store, [stockStreamOf(sku)], at)) {
    count += events.length;
    if (count > pastEventsMax) return { kind: 'too_many_events' };
    for (const event of events) foldStockEvent(changes, event);
  }
  const holds = holdsOf(changes);
  const policy = await ownTermsAt(store, sku, at);
  return {
    kind: 'found',
    row: rowOf(changes, holds, { sku, at, policy }),
    holds: holds.filter(({ held }) => held.expiresAt > at),
  };
};

/** What the SKU had of its own. */
const ownTermsAt = async (store: Pick<EventStore, 'read'>, sku: string, at: Instant): Promise<SkuRow['policy']> => {
  let book = emptyBook;
  for await (const events of recordedUpTo(store, [skuPolicyStream(sku)], at))
    book = events.reduce(applyPolicyEvent, book);
  const own = book.skus.get(sku);
  return own === undefined ? null : [own.channels, own.revision];
};

/** Those that expire first come first. */
const holdsOf = ({ holds }: FoldChanges): readonly OpenHoldRow[] =>
  [...holds.values()]
    .flatMap((hold) => (hold.held === undefined ? [] : [{ ...hold, held: hold.held }]))
    .sort((a, b) => (a.held.expiresAt < b.held.expiresAt ? -1 : 1));

type Asked = Pick<SkuRow, 'sku' | 'at' | 'policy'>;

/** The row as the statement would have answered it then; `revision` is NO_STREAM where nothing was known. */
const rowOf = (changes: FoldChanges, holds: readonly OpenHoldRow[], { sku, at, policy }: Asked): SkuRow => {
  const head = changes.heads.get(sku);
  const expired = holds.filter(({ held }) => held.expiresAt <= at);
  return {
    sku,
    revision: head?.last ?? NO_STREAM,
    position: head === undefined ? 0 : numberOf(head.position),
    opened_at: head?.firstRecordedAt ?? at,
    at,
    balances: balancesOf(changes),
    fences: fencesOf(changes),
    quotas: [...changes.quotas.values()].map(
      ({ location, channel, quantity }) => [location, channel, quantity] as const,
    ),
    held: [...changes.held.values()].map(({ channel, delta }) => [channel, delta] as const),
    held_by_listing: holds.flatMap(({ channel, held: { listing, parts } }) =>
      listing === undefined ? [] : parts.map(({ quantity }) => [channel, listing, quantity] as const),
    ),
    expired: expired.map(
      ({ channel, held: { quantity, parts, incoming = [], listing = null } }) =>
        [channel, quantity, parts, incoming, listing] as const,
    ),
    incoming: incomingOf(changes),
    preordered: preorderedOf(changes),
    next_expiry: holds[expired.length]?.held.expiresAt ?? null,
    policy,
    listed_by: [],
  };
};

const incomingOf = ({ incoming, pledges }: FoldChanges): NonNullable<SkuRow['incoming']> =>
  [...incoming.values()]
    .flatMap(({ sku, line, told, received, revision }) => {
      const pledged = pledges.get(keyOf(sku, line))?.delta ?? 0;
      if (!told || told.quantity <= received) return [];
      const { location, quantity, eta = null, confirmed, confidence } = told;
      return [[line, location, quantity - received, eta, confirmed, confidence, pledged, revision] as const];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

const preorderedOf = ({ incoming, pledges }: FoldChanges): NonNullable<SkuRow['preordered']> => {
  const filled = new Map([...incoming.values()].map(({ line, received }) => [line, received]));
  const pledged = new Map([...pledges.values()].map(({ incomingLine, delta }) => [incomingLine, delta]));
  return [...new Set([...filled.keys(), ...pledged.keys()])]
    .filter(isPreorderLine)
    .sort()
    .map((line) => [line, filled.get(line) ?? 0, pledged.get(line) ?? 0] as const);
};

const balancesOf = ({ balances }: FoldChanges): NonNullable<SkuRow['balances']> =>
  [...balances.values()]
    .map(({ location, revision, delta }) => {
      const { sellable, reserved, committed, quarantined, damaged } = delta;
      return [location, revision, sellable, reserved, committed, quarantined, damaged] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

const fencesOf = ({ balances }: FoldChanges): NonNullable<SkuRow['fences']> =>
  [...balances.values()].flatMap(({ location, delta }) =>
    Object.entries(fencedOf(delta)).map(([channel, quantity]) => [location, channel, quantity] as const),
  );
