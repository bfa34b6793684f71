import { mapOf, type PersistentMap } from '#event-sourcing';
import type { StockEvent } from '../events.js';
import type { LineStanding, OrderLine } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import { unsourcedOf } from '../parts.js';
import { quantityAt } from '../places.js';
import { postedOf, type FactRecord, type LineRecord } from './facts.js';

/**
 * Order lines: open ones (something is committed) are always remembered, closed ones are facts that may be forgotten.
 * `oversold` are the lines with units that no place covers, per channel in the order in which they are served.
 */
export type Lines = {
  readonly lines: PersistentMap<LineRecord>;
  readonly facts: PersistentMap<FactRecord>;
  readonly oversold: PersistentMap<string>;
};

/**
 * Promises on units that are incoming, in the order in which they are served, and the same by the line of a purchase order
 * that they wait for. Both lead to the key of the order line.
 */
export type Promises = { readonly promises: PersistentMap<string>; readonly promisesOf: PersistentMap<string> };

/** By promised date, then paid first, then the oldest, then by key. */
const ranksOf = (key: string, { line }: LineRecord): readonly (readonly [rank: string, incomingLine: string])[] =>
  (line.backordered ?? none).map(({ date, incomingLine }) => [
    `${date}|${line.paid ? 0 : 1}|${line.placedAt}|${key}|${incomingLine}`,
    incomingLine,
  ]);
const none: readonly never[] = [];

/** Keys of purchase orders are free text: U+0000, which no key has, ends them. */
const promisesStartOf = (incomingLine: string): string => `${incomingLine}\u0000`;

/** What a rank says of the promise of an order line. */
export const promiseOfRank = (rank: string, key: string): { readonly date: string; readonly incomingLine: string } => ({
  date: rank.slice(0, rank.indexOf('|')),
  incomingLine: rank.slice(rank.indexOf(`|${key}|`) + key.length + 2),
});

/** The promises that wait for one line of a purchase order, those that are served first ahead. */
export function* promisesOn(
  { promisesOf }: Promises,
  incomingLine: string,
): IterableIterator<readonly [date: string, key: string]> {
  const start = promisesStartOf(incomingLine);
  for (const [rank, key] of promisesOf.entries(start)) {
    if (!rank.startsWith(start)) return;
    yield [rank.slice(start.length, rank.indexOf('|', start.length)), key];
  }
}

/** Both indexes over these lines. */
export const promisesIn = (records: Iterable<readonly [key: string, record: LineRecord]>): Promises => {
  const ranks = [...records].flatMap(([key, record]) => ranksOf(key, record).map((rank) => [...rank, key] as const));
  return {
    promises: mapOf(ranks.map(([rank, , key]) => [rank, key] as const)),
    promisesOf: mapOf(ranks.map(([rank, line, key]) => [`${promisesStartOf(line)}${rank}`, key] as const)),
  };
};

const withPromises = (state: Promises, key: string, before: LineRecord | undefined, after: LineRecord): Promises => {
  let { promises, promisesOf } = state;
  for (const [rank, line] of before ? ranksOf(key, before) : none) {
    promises = promises.without(rank);
    promisesOf = promisesOf.without(`${promisesStartOf(line)}${rank}`);
  }
  for (const [rank, line] of ranksOf(key, after)) {
    promises = promises.with(rank, key);
    promisesOf = promisesOf.with(`${promisesStartOf(line)}${rank}`, key);
  }
  return { promises, promisesOf };
};

const hasPromises = (record: LineRecord | undefined): boolean => record?.line.backordered !== undefined;

/** What a line has at `unsourced:<channel>`: owed, and covered by no place. */
export const owedOf = (order: OrderLine, { committed }: LineStanding): number =>
  committed.length === 0 ? 0 : quantityAt(committed, unsourcedOf(order.channel));

/** Paid first, then the oldest, then by key. */
export const oversoldKeyOf = (key: string, { order, line }: LineRecord): string =>
  `${order.channel}|${line.paid ? 0 : 1}|${line.placedAt}|${key}`;

const withoutOwed = (oversold: Lines['oversold'], key: string, before: LineRecord | undefined): Lines['oversold'] =>
  before && owedOf(before.order, before.line) > 0 ? oversold.without(oversoldKeyOf(key, before)) : oversold;

const isOpen = (line: LineStanding): boolean => line.committed.length > 0 || line.backordered !== undefined;

type Records = Lines & Promises;

/** What stands of order lines and facts after an event; the very same where it says nothing of them. */
export const recordsAfter = (before: Records, event: StockEvent): Records => {
  const posted = postedOf(event);
  const records = posted === undefined ? before : withFact(before, posted.key, posted.record);
  return 'line' in event.data && 'order' in event.data ? withLine(records, event.data.order, event.data.line) : records;
};

const withFact = (
  { lines, facts, oversold, promises, promisesOf }: Records,
  key: string,
  fact: FactRecord,
): Records => ({
  lines,
  facts: facts.with(key, fact),
  oversold,
  promises,
  promisesOf,
});

/** The line stands like this now. */
const withLine = (records: Records, order: OrderLine, line: LineStanding): Records => {
  const { lines, facts } = records;
  const key = lineKeyOf(order);
  const record: LineRecord = { kind: 'line', order, line };
  const before = lines.get(key);
  const { promises, promisesOf } =
    hasPromises(before) || hasPromises(record) ? withPromises(records, key, before, record) : records;
  const rest = withoutOwed(records.oversold, key, before);
  const oversold = owedOf(order, line) > 0 ? rest.with(oversoldKeyOf(key, record), key) : rest;
  return isOpen(line)
    ? { lines: lines.with(key, record), facts: facts.without(key), oversold, promises, promisesOf }
    : { lines: lines.without(key), facts: facts.with(key, record), oversold, promises, promisesOf };
};
