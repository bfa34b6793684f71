import type { Answer } from '../port/trouble.js';
import type { FeedSource, SourceReading } from './source.js';

/** An order as a list of changes has it. Seconds since 1970 of the clock that the shop's dates are in. */
export type ChangedOrder = { readonly id: string; readonly changedAtSeconds: number };

/** How a shop says which orders have changed. */
export type ChangeList = {
  /** Of the source. */
  readonly name: string;
  /** Orders that changed later than that, whole: all of its pages. */
  readonly changedAfter: (seconds: number, signal: AbortSignal) => Promise<Answer<readonly ChangedOrder[]>>;
  /** The latest change there is; 0 where there is no order. */
  readonly latest: (signal: AbortSignal) => Promise<Answer<number>>;
  /** How much of the shop's time is read again: an order is written some time after the moment that it bears. */
  readonly overlapSeconds: (signal: AbortSignal) => Promise<number>;
  /** Milliseconds of our own clock. */
  readonly now: () => number;
};

/** An order that was read again: its time of change, and when it was told first (our clock); 0 once it was told twice. */
type Known = readonly [changedAtSeconds: number, toldAtMillis: number];

type Cursor = { readonly at: number; readonly known: Readonly<Record<string, Known>> };

/** Times have a second's resolution: an order may change once more within the second in which it was read. */
const againMillis = 2_000;

const isSame = (known: Known | undefined, { changedAtSeconds }: ChangedOrder): known is Known =>
  known?.[0] === changedAtSeconds;

/** What is to be told of an order, and what is then known of it. */
const judged = (
  known: Known | undefined,
  order: ChangedOrder,
  now: number,
): { readonly tell: boolean; readonly as: Known } => {
  if (!isSame(known, order)) return { tell: true, as: [order.changedAtSeconds, now] };
  const [, toldAt] = known;
  const isAgain = toldAt !== 0 && now - toldAt >= againMillis;
  return isAgain ? { tell: true, as: [order.changedAtSeconds, 0] } : { tell: false, as: known };
};

const told = (orders: readonly ChangedOrder[], { at, known }: Cursor, now: number): SourceReading => {
  const findings = orders.map((order) => ({ order, ...judged(known[order.id], order, now) }));
  const cursor: Cursor = {
    at: orders.reduce((latest, { changedAtSeconds }) => Math.max(latest, changedAtSeconds), at),
    known: Object.fromEntries(findings.map(({ order, as }) => [order.id, as])),
  };
  return {
    orders: findings.filter(({ tell }) => tell).map(({ order }) => order.id),
    cursor: JSON.stringify(cursor),
  };
};

/** Orders by their time of change. What is read again is told again only where its time is another one. */
export const sourceByTime = ({ name, changedAfter, latest, overlapSeconds, now }: ChangeList): FeedSource => {
  const readFrom = async (cursor: Cursor, signal: AbortSignal): Promise<Answer<SourceReading>> => {
    const changed = await changedAfter(Math.max(0, cursor.at - (await overlapSeconds(signal))), signal);
    return changed.kind === 'trouble' ? changed : { kind: 'answered', value: told(changed.value, cursor, now()) };
  };
  const begin = async (signal: AbortSignal): Promise<Answer<SourceReading>> => {
    const newest = await latest(signal);
    if (newest.kind === 'trouble') return newest;
    const read = await readFrom({ at: newest.value, known: {} }, signal);
    return read.kind === 'trouble' ? read : { kind: 'answered', value: { ...read.value, orders: [] } };
  };
  return {
    name,
    read: (text, signal) => (text === undefined ? begin(signal) : readFrom(JSON.parse(text) as Cursor, signal)),
  };
};
