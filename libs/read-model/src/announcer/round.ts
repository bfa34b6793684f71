import type { Instant } from '#event-sourcing';
import { integerArray, pipelined, textArray, transaction } from '#postgres';
import type { Client, Pool, Queryable } from '#postgres';
import { plain, text, writeRows } from '../projection/columns.js';
import type { Columns } from '../projection/columns.js';
import { run } from '../sql.js';
import { readChannels, withoutDispatch } from '../supply/channels.js';
import { isBundle, readBundleRows, withComponents } from '../supply/bundle-rows.js';
import { readSkuRows } from '../supply/sku-rows.js';
import { isSameHeld, nothingHeld } from '../supply/supply-of.js';
import type { HeldByListing } from '../supply/supply-of.js';
import { figuresOf, figuresOfBundle, isNews } from './announcement.js';
import type { Announcement, Figures } from './announcement.js';
import { duePriority } from './priority.js';
import { announcerStatements as sql } from './statements.js';

type Due = { readonly sku: string; readonly mark: number; readonly force: boolean; readonly swept: boolean };
type Announced = Omit<Figures, 'validUntil' | 'heldByListing'> & {
  readonly valid_until: Instant | null;
  readonly held_by_listing: HeldByListing | null;
};
type Lock = { readonly sequence: number; readonly micros: number };

/** How many SKUs a round takes at most: those that events or the clock have made due, and those of a sweep beside them. */
export type RoundBounds = { readonly urgentMax: number; readonly sweptMax: number };

/** What a round did: SKUs taken from the queue, those of a sweep among them, and pairs announced. */
export type Round = { readonly taken: number; readonly swept: number; readonly announced: number };

const nothing: Round = { taken: 0, swept: 0, announced: 0 };
const noFigures: readonly never[] = [];

/**
 * Takes the most urgent SKUs, computes what their channels should show, and writes what differs from what was said last,
 * to `announced` and to the outbox. One transaction under the lock of the only announcer; its commit waits for the disk:
 * a figure that the world has heard and that we have forgotten would never be corrected.
 */
export const announceRound = (pool: Pool, { urgentMax, sweptMax }: RoundBounds): Promise<Round> =>
  transaction(pool, async (session) => {
    const [[lock], due] = await pipelined(session, () => [
      run<Lock>(session, sql['lock-announcer']),
      run<Due>(session, sql['take-due'], [urgentMax, duePriority.sweep, sweptMax]),
    ]);
    if (lock === undefined || due.length === 0) return nothing;
    const swept = due.filter((one) => one.swept).length;
    return { taken: due.length, swept, announced: await announceDue(session, lock, due) };
  });

const announceDue = async (session: Client, lock: Lock, due: readonly Due[]): Promise<number> => {
  const skus = due.map(({ sku }) => sku);
  const [all, told, bundleRows, skuRows] = await pipelined(session, () => [
    readChannels(session),
    readTold(session, skus),
    readBundleRows(session, skus),
    readSkuRows(session, skus),
  ]);
  const channels = withoutDispatch(all);
  const rows = new Map(skuRows.map((row) => [row.sku, row]));
  const bundles = new Map((await withComponents(session, bundleRows)).map((bundle) => [bundle.sku, bundle]));
  const saidOf = (sku: string, toldOfSku: readonly Figures[]): readonly Announcement[] => {
    const bundle = bundles.get(sku);
    const row = rows.get(sku);
    if (bundle !== undefined && isBundle(bundle, row)) return figuresOfBundle(bundle, channels, toldOfSku);
    return row === undefined ? noFigures : figuresOf(row, channels, toldOfSku);
  };
  const news: Announcement[] = [];
  const extended: Figures[] = [];
  for (const { sku, force } of due) {
    const toldOfSku = told.get(sku) ?? noFigures;
    for (const said of saidOf(sku, toldOfSku)) {
      const before = toldOfSku.find(({ channel }) => channel === said.channel);
      if (force || isNews(said, before)) news.push(said);
      else if (said.validUntil !== before?.validUntil) extended.push(said);
    }
  }
  const first = Math.max(lock.sequence + 1, lock.micros);
  await pipelined(session, () => [
    writeRows(session, sql['set-valid-until'], extended, validUntilColumns),
    writeRows(session, sql.announce, news, announceColumns(first)),
    writeRows(session, sql['delete-due'], due, dueColumns),
  ]);
  return news.length;
};

const readTold = async (
  session: Queryable,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly Figures[]>> => {
  const told = new Map<string, Figures[]>();
  for (const row of await run<Announced>(session, sql['read-announced'], [textArray(skus)])) {
    const ofSku = told.get(row.sku);
    if (ofSku === undefined) told.set(row.sku, [toldIn(row)]);
    else ofSku.push(toldIn(row));
  }
  return told;
};

const toldIn = (row: Announced): Figures => ({
  sku: row.sku,
  channel: row.channel,
  atp: row.atp,
  shown: row.shown,
  held: row.held,
  heldByListing: row.held_by_listing ?? nothingHeld,
  state: row.state,
  validUntil: row.valid_until ?? undefined,
});

const dueColumns: Columns<Due> = [text((due) => due.sku), plain((due) => due.mark)];

const validUntilColumns: Columns<Figures> = [
  text((said) => said.sku),
  text((said) => said.channel),
  text((said) => said.validUntil ?? ''),
];

/** Numbered in their order, from the first sequence on. */
const announceColumns = (first: number): Columns<Announcement> => [
  text((said) => said.sku),
  text((said) => said.channel),
  plain((said) => said.atp),
  plain((said) => said.shown),
  plain((said) => said.held),
  text((said) => said.state),
  plain((said) => said.position),
  text((said) => said.validUntil ?? ''),
  (news) => integerArray(news.map((_, index) => first + index)),
  text(({ heldByListing }) => (isSameHeld(heldByListing, nothingHeld) ? '' : JSON.stringify(heldByListing))),
];
