import type { AtpPolicy } from '#atp';
import type { Instant, Revision } from '#event-sourcing';
import { textArray } from '#postgres';
import type { Pool } from '#postgres';
import { run } from '../sql.js';
import { atpPolicyOf, readChannels } from '../supply/channels.js';
import type { Channels } from '../supply/channels.js';
import { isBundle, readBundleRows, withComponents } from '../supply/bundle-rows.js';
import { readSkuRows } from '../supply/sku-rows.js';
import type { SkuRow } from '../supply/sku-rows.js';
import { bundleExplanation, bundleRowOf, suppliedBundle } from './bundle-availability.js';
import { cursorOf, keyOfCursor } from './cursor.js';
import { availabilityOf, explained, explainedHoldsMax, figuresOf } from './explained.js';
import { pageOf, rowsOf } from './page.js';
import { queryStatements as sql } from './statements.js';
import { bulkSkusMax } from './types.js';
import type { AvailabilityRow, OpenHold, PageRequest, Queries } from './types.js';

const unknownChannel = { kind: 'unknown_channel' } as const;
const found = <Answer>(answer: Answer) => ({ kind: 'found', answer }) as const;

export const availabilityQueries = (
  pool: Pool,
): Pick<Queries, 'availability' | 'availabilityOfChannel' | 'explain'> => ({
  availability: async (channel, skus) => {
    if (skus.length > bulkSkusMax) throw new RangeError(`At most ${bulkSkusMax} SKUs at once`);
    const read = await readAvailability(pool, channel, skus);
    if (read === undefined) return unknownChannel;
    const { at, rows } = read;
    const known = new Set(rows.map(({ sku }) => sku));
    return found({ at, rows, missing: skus.filter((sku) => !known.has(sku)) });
  },
  availabilityOfChannel: async (channel, page) => {
    const channels = await readChannels(pool);
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) return unknownChannel;
    const size = rowsOf(page);
    const skus = await listSkus(pool, channels, policy, page, size + 1);
    const { rows: listed, ...next } = pageOf(skus, size, (sku) => cursorOf(sku));
    const read = await readAvailability(pool, channel, listed);
    return read === undefined ? unknownChannel : found({ ...read, ...next });
  },
  explain: async (channel, sku) => {
    const sequences = await readSequences(pool, channel, [sku]);
    const [channels, [bundle]] = await Promise.all([readChannels(pool), readBundleRows(pool, [sku])]);
    const policy = atpPolicyOf(channels, channel);
    if (policy === undefined) return unknownChannel;
    const sequence = sequences.get(sku) ?? 0;
    const [row] = await readSkuRows(pool, [sku]);
    if (bundle !== undefined && isBundle(bundle, row))
      return found(bundleExplanation(policy, await suppliedBundle(pool, bundle), sequence));
    return found(row && { ...explained(policy, row, await readHolds(pool, row)), sequence });
  },
});

const listSkus = async (
  pool: Pool,
  channels: Channels,
  { channel: { channel, locations } }: AtpPolicy,
  page: PageRequest,
  count: number,
): Promise<readonly string[]> => {
  const [after] = keyOfCursor(page.after, 1);
  const rows = channels.withListings.has(channel)
    ? await run<{ sku: string }>(pool, sql['list-listed-skus'], [channel, after, count])
    : await run<{ sku: string }>(pool, sql['list-held-skus'], [locations, after, count]);
  return rows.map(({ sku }) => sku);
};

type Read = { readonly at: Instant; readonly rows: readonly AvailabilityRow[] };

/**
 * The rows in the order in which the SKUs were asked for, each once; undefined: no such channel. What has been announced
 * is read first, then the policies, then the balances: whoever goes on with the feed after a row's `sequence` hears of
 * every change that the row does not know, and at worst of one that it knows.
 */
const readAvailability = async (pool: Pool, channel: string, skus: readonly string[]): Promise<Read | undefined> => {
  const wanted = [...new Set(skus)];
  const sequences = await readSequences(pool, channel, wanted);
  const [channels, recipes] = await Promise.all([readChannels(pool), readBundleRows(pool, wanted)]);
  const policy = atpPolicyOf(channels, channel);
  if (policy === undefined) return undefined;
  const rows = new Map((await readSkuRows(pool, wanted)).map((row) => [row.sku, row]));
  const bundles = new Map((await withComponents(pool, recipes)).map((bundle) => [bundle.sku, bundle]));
  const answers = wanted.flatMap((sku) => {
    const sequence = sequences.get(sku) ?? 0;
    const bundle = bundles.get(sku);
    const row = rows.get(sku);
    if (bundle !== undefined && isBundle(bundle, row)) return [bundleRowOf(policy, bundle, sequence)];
    return row === undefined ? [] : [rowOf(policy, row, sequence)];
  });
  return { at: [...rows.values()][0]?.at ?? (await readNow(pool)), rows: answers };
};

const readNow = async (pool: Pool): Promise<Instant> => {
  const [row] = await run<{ now: Instant }>(pool, sql['read-live-position'], ['fold']);
  if (row === undefined) throw new Error('The read model has not been prepared');
  return row.now;
};

const readSequences = async (
  pool: Pool,
  channel: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await run<{ sku: string; sequence: number }>(pool, sql['read-sequences'], [channel, textArray(skus)]);
  return new Map(rows.map(({ sku, sequence }) => [sku, sequence]));
};

const rowOf = (policy: AtpPolicy, row: SkuRow, sequence: number): AvailabilityRow => ({
  ...figuresOf(policy, row, availabilityOf(policy, row)),
  sequence,
});

type HoldRow = {
  readonly reservation: string;
  readonly channel: string;
  readonly quantity: number;
  readonly expires_at: Instant;
  readonly listing: string | null;
  readonly revision: Revision;
};

const readHolds = async (pool: Pool, { sku, at }: SkuRow): Promise<readonly OpenHold[]> => {
  const rows = await run<HoldRow>(pool, sql['read-open-holds'], [sku, at, explainedHoldsMax]);
  return rows.map(({ expires_at, listing, ...hold }) => ({
    ...hold,
    expiresAt: expires_at,
    ...(listing !== null && { listing }),
  }));
};
