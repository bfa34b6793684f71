import { above, readNewest, readPages, type Client, type Order, orders, type Outcome } from '../../webservice/index.js';
import { type Now, type Source, type SourceReading } from './source.js';

/** An order that was read again: its time of change, and when it was told first (our clock); 0 once it was told twice. */
type Known = readonly [updatedAtSeconds: number, toldAtMillis: number];

type Cursor = { readonly at: number; readonly known: Readonly<Record<string, Known>> };

/** Times have a second's resolution: an order may change once more within the second in which it was read. */
const againMillis = 2_000;

/** `2026-11-20 21:59:39` */
const wallTime = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(0, 19).replace('T', ' ');

const changedSince = async (
  client: Client,
  seconds: number,
  signal: AbortSignal,
): Promise<Outcome<readonly Order[]>> => {
  const rows: Order[] = [];
  const filters = [above('date_upd', wallTime(Math.max(0, seconds)))];
  for await (const page of readPages(client, orders, { filters }, signal)) {
    if (page.kind === 'failed') return page;
    rows.push(...page.value);
  }
  return { kind: 'ok', value: rows };
};

const isSame = (known: Known | undefined, { updatedAtSeconds }: Order): known is Known =>
  known?.[0] === updatedAtSeconds;

/** What is to be told of an order, and what is then known of it. */
const judged = (
  known: Known | undefined,
  order: Order,
  now: number,
): { readonly tell: boolean; readonly as: Known } => {
  if (!isSame(known, order)) return { tell: true, as: [order.updatedAtSeconds, now] };
  const [, toldAt] = known;
  const isAgain = toldAt !== 0 && now - toldAt >= againMillis;
  return isAgain ? { tell: true, as: [order.updatedAtSeconds, 0] } : { tell: false, as: known };
};

const told = (rows: readonly Order[], { at, known }: Cursor, now: number): SourceReading => {
  const findings = rows.map((order) => ({ order, ...judged(known[order.id], order, now) }));
  const cursor: Cursor = {
    at: rows.reduce((latest, { updatedAtSeconds }) => Math.max(latest, updatedAtSeconds), at),
    known: Object.fromEntries(findings.map(({ order, as }) => [order.id, as])),
  };
  const orderIds = findings.filter(({ tell }) => tell).map(({ order }) => order.id);
  return { orders: orderIds, cursor: JSON.stringify(cursor) };
};

/**
 * Orders by their time of change, which edits move and refunds do not. It is the one source that shows an order before its
 * first history row. @param overlapSeconds how much of the shop's time is read again
 */
export const sourceByTime = (
  client: Client,
  now: Now,
  overlapSeconds: (signal: AbortSignal) => Promise<number>,
): Source => {
  const readFrom = async (cursor: Cursor, signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const rows = await changedSince(client, cursor.at - (await overlapSeconds(signal)), signal);
    return rows.kind === 'failed' ? rows : { kind: 'ok', value: told(rows.value, cursor, now()) };
  };
  const begin = async (signal: AbortSignal): Promise<Outcome<SourceReading>> => {
    const newest = await readNewest(client, orders, 'date_upd', signal);
    if (newest.kind === 'failed') return newest;
    const read = await readFrom({ at: newest.value?.updatedAtSeconds ?? 0, known: {} }, signal);
    return read.kind === 'failed' ? read : { kind: 'ok', value: { ...read.value, orders: [] } };
  };
  return {
    name: orders.path,
    read: (text, signal) => (text === undefined ? begin(signal) : readFrom(JSON.parse(text) as Cursor, signal)),
  };
};
