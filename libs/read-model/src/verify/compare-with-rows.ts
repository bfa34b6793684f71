import type { Queryable, Statement } from '#postgres';
import { fencedOf, plainBuckets } from '../balances/counts.js';
import type { Counts } from '../balances/counts.js';
import { skuOf } from '../events/ledger-event.js';
import { run } from '../sql.js';
import { keyOfParts, partsOfKey } from './ledger-as-told.js';
import type { Told } from './ledger-as-told.js';
import { verifyStatements as sql } from './statements.js';

type Rows = ReadonlyMap<string, string>;
type BucketRow = Counts & { readonly sku: string; readonly location: string };

/** The rows of the three projections beside what the log says. */
export const compareWithRows = async (session: Queryable, told: Told): Promise<readonly string[]> => [
  ...compare('fold.head', headsTold(told), await headRows(session)),
  ...compare('fold.balance', balancesTold(told), await balanceRows(session)),
  ...compare('fold.hold', holdsTold(told), await holdRows(session)),
  ...compare('fold.held', heldTold(told), await heldRows(session)),
  ...compare('fold.held_by_listing', heldByListingTold(told), await heldByListingRows(session)),
  ...compare('fold.owed', owedTold(told), await owedRows(session)),
  ...compare('fold.transit', transitTold(told), await transitRows(session)),
  ...compare('fold.pledge', pledgesTold(told), await pledgeRows(session)),
  ...compare('fold.promise', promisesTold(told), await promiseRows(session)),
  ...compare('history.entry', levelsTold(told), await levelRows(session)),
  ...compare('index.stream', streamsTold(told), await streamRows(session)),
];

const compare = (table: string, told: Rows, rows: Rows): readonly string[] => {
  const broken: string[] = [];
  for (const [key, should] of told) {
    const is = rows.get(key);
    if (is !== should) broken.push(`${table} ${partsOfKey(key).join(' ')}: ${is ?? 'no row'}, should be ${should}`);
  }
  for (const [key, is] of rows)
    if (!told.has(key)) broken.push(`${table} ${partsOfKey(key).join(' ')}: ${is}, should not be there`);
  return broken;
};

const textOf = (counts: Counts): string =>
  [...plainBuckets.map((bucket) => counts[bucket]), JSON.stringify(Object.entries(fencedOf(counts)).sort())].join(' ');

const balancesTold = ({ places }: Told): Rows => new Map([...places].map(([key, { counts }]) => [key, textOf(counts)]));
const levelsTold = ({ places }: Told): Rows =>
  new Map([...places].map(([key, { counts, physical, entries }]) => [key, `${textOf(counts)} ${physical} ${entries}`]));
const headsTold = ({ heads }: Told): Rows =>
  new Map(
    [...heads]
      .filter(([stream]) => stream.startsWith('stock-'))
      .map(([stream, { revision }]) => [skuOf(stream), `${revision}`]),
  );
const streamsTold = ({ heads }: Told): Rows =>
  new Map([...heads].map(([stream, { revision }]) => [stream, `${revision}`]));
const holdsTold = ({ holds }: Told): Rows =>
  new Map([...holds].map(([key, hold]) => [key, `${hold.channel} ${hold.quantity} ${hold.expiresAt}`]));
const owedTold = ({ lines }: Told): Rows =>
  new Map([...lines].filter(([, { owed }]) => owed > 0).map(([key, { owed }]) => [key, `${owed}`]));
const transitTold = ({ transit }: Told): Rows =>
  new Map([...transit].filter(([, units]) => units !== 0).map(([key, units]) => [key, `${units}`]));
const pledgesTold = ({ pledged }: Told): Rows =>
  new Map([...pledged].filter(([, units]) => units !== 0).map(([key, units]) => [key, `${units}`]));
const promisesTold = ({ lines }: Told): Rows =>
  new Map(
    [...lines].flatMap(([key, { backordered = [] }]) =>
      backordered.map(
        ({ incomingLine, date, quantity }) => [keyOfParts(key, incomingLine, date), `${quantity}`] as const,
      ),
    ),
  );
const heldTold = ({ holds }: Told): Rows => {
  const held = new Map<string, number>();
  for (const [key, { channel, parts }] of holds) {
    const ofChannel = keyOfParts(partsOfKey(key)[0] ?? '', channel);
    const there = parts.reduce((sum, { quantity }) => sum + quantity, 0);
    held.set(ofChannel, (held.get(ofChannel) ?? 0) + there);
  }
  return new Map([...held].filter(([, units]) => units !== 0).map(([key, units]) => [key, `${units}`]));
};

const heldByListingTold = ({ holds }: Told): Rows => {
  const held = new Map<string, number>();
  for (const [key, { channel, parts, listing }] of holds) {
    if (listing === undefined) continue;
    const ofListing = keyOfParts(partsOfKey(key)[0] ?? '', channel, listing);
    for (const { quantity } of parts) held.set(ofListing, (held.get(ofListing) ?? 0) + quantity);
  }
  return new Map([...held].map(([key, units]) => [key, `${units}`]));
};

const rowsOf = async <Row extends object>(
  session: Queryable,
  statement: Statement,
  keyOf: (row: Row) => string,
  text: (row: Row) => string,
): Promise<Rows> => new Map((await run<Row>(session, statement)).map((row) => [keyOf(row), text(row)]));

const placeOf = ({ sku, location }: BucketRow): string => keyOfParts(sku, location);

const balanceRows = (session: Queryable) => rowsOf<BucketRow>(session, sql['read-balances'], placeOf, textOf);
const levelRows = (session: Queryable) =>
  rowsOf<BucketRow & { readonly physical: number; readonly entries: number }>(
    session,
    sql['read-levels'],
    placeOf,
    (row) => `${textOf(row)} ${row.physical} ${row.entries}`,
  );
const headRows = (session: Queryable) =>
  rowsOf<{ sku: string; revision: number }>(
    session,
    sql['read-heads'],
    ({ sku }) => sku,
    ({ revision }) => `${revision}`,
  );
const streamRows = (session: Queryable) =>
  rowsOf<{ stream: string; revision: number }>(
    session,
    sql['read-streams'],
    ({ stream }) => stream,
    ({ revision }) => `${revision}`,
  );
const holdRows = (session: Queryable) =>
  rowsOf<{ sku: string; reservation: string; channel: string; quantity: number; expires_at: string }>(
    session,
    sql['read-holds'],
    ({ sku, reservation }) => keyOfParts(sku, reservation),
    (row) => `${row.channel} ${row.quantity} ${row.expires_at}`,
  );
const heldRows = (session: Queryable) =>
  rowsOf<{ sku: string; channel: string; quantity: number }>(
    session,
    sql['read-held'],
    ({ sku, channel }) => keyOfParts(sku, channel),
    ({ quantity }) => `${quantity}`,
  );
const heldByListingRows = (session: Queryable) =>
  rowsOf<{ sku: string; channel: string; listing: string; quantity: number }>(
    session,
    sql['read-held-by-listing'],
    ({ sku, channel, listing }) => keyOfParts(sku, channel, listing),
    ({ quantity }) => `${quantity}`,
  );
const transitRows = (session: Queryable) =>
  rowsOf<{ sku: string; transfer: string; quantity: number }>(
    session,
    sql['read-transit'],
    ({ sku, transfer }) => keyOfParts(sku, transfer),
    ({ quantity }) => `${quantity}`,
  );
const owedRows = (session: Queryable) =>
  rowsOf<{ sku: string; channel: string; order_key: string; line: string; quantity: number }>(
    session,
    sql['read-owed'],
    (row) => keyOfParts(row.sku, row.channel, row.order_key, row.line),
    ({ quantity }) => `${quantity}`,
  );
const pledgeRows = (session: Queryable) =>
  rowsOf<{ sku: string; incoming_line: string; quantity: number }>(
    session,
    sql['read-pledges'],
    (row) => keyOfParts(row.sku, row.incoming_line),
    ({ quantity }) => `${quantity}`,
  );
type PromiseRow = {
  readonly sku: string;
  readonly channel: string;
  readonly order_key: string;
  readonly line: string;
  readonly incoming_line: string;
  readonly date: string;
  readonly quantity: number;
};
const promiseRows = (session: Queryable) =>
  rowsOf<PromiseRow>(
    session,
    sql['read-promises'],
    (row) => keyOfParts(row.sku, row.channel, row.order_key, row.line, row.incoming_line, row.date),
    ({ quantity }) => `${quantity}`,
  );
