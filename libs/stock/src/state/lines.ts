import type { PersistentMap } from '#event-sourcing';
import type { LineStanding, OrderLine } from '../events.js';
import { lineKeyOf } from '../keys.js';
import { unsourcedOf } from '../parts.js';
import type { FactRecord, LineRecord } from './facts.js';

/**
 * Order lines: open ones (something is committed) are always remembered, closed ones are facts that may be forgotten.
 * `oversold` are the lines with units that no place covers, per channel in the order in which they are served.
 */
export type Lines = {
  readonly lines: PersistentMap<LineRecord>;
  readonly facts: PersistentMap<FactRecord>;
  readonly oversold: PersistentMap<string>;
};

/** Promises on units that are incoming, in the order in which they are served: `<date>|<line key>|<incoming line>` -> line key. */
export type Promises = { readonly promises: PersistentMap<string> };

/** By promised date, then paid first, then the oldest, then by key. */
export const promiseKeysOf = (key: string, { line }: LineRecord): readonly string[] =>
  (line.backordered ?? none).map(
    ({ date, incomingLine }) => `${date}|${line.paid ? 0 : 1}|${line.placedAt}|${key}|${incomingLine}`,
  );
const none: readonly never[] = [];

const withPromises = (
  promises: Promises['promises'],
  key: string,
  before: LineRecord | undefined,
  after: LineRecord,
): Promises['promises'] => {
  if (before?.line.backordered === undefined && after.line.backordered === undefined) return promises;
  const rest = (before ? promiseKeysOf(key, before) : none).reduce((all, one) => all.without(one), promises);
  return promiseKeysOf(key, after).reduce((all, one) => all.with(one, key), rest);
};

/** What a line has at `unsourced:<channel>`: owed, and covered by no place. */
export const owedOf = (order: OrderLine, line: LineStanding): number =>
  line.committed.find(({ location }) => location === unsourcedOf(order.channel))?.quantity ?? 0;

/** Paid first, then the oldest, then by key. */
export const oversoldKeyOf = (key: string, { order, line }: LineRecord): string =>
  `${order.channel}|${line.paid ? 0 : 1}|${line.placedAt}|${key}`;

const withoutOwed = (oversold: Lines['oversold'], key: string, before: LineRecord | undefined): Lines['oversold'] =>
  before && owedOf(before.order, before.line) > 0 ? oversold.without(oversoldKeyOf(key, before)) : oversold;

const isOpen = (line: LineStanding): boolean => line.committed.length > 0 || line.backordered !== undefined;

/** The line stands like this now. */
export const withLine = <State extends Lines & Promises>(state: State, order: OrderLine, line: LineStanding): State => {
  const key = lineKeyOf(order);
  const record: LineRecord = { kind: 'line', order, line };
  const before = state.lines.get(key);
  const promises = withPromises(state.promises, key, before, record);
  const rest = withoutOwed(state.oversold, key, before);
  const oversold = owedOf(order, line) > 0 ? rest.with(oversoldKeyOf(key, record), key) : rest;
  return isOpen(line)
    ? { ...state, oversold, promises, lines: state.lines.with(key, record), facts: state.facts.without(key) }
    : { ...state, oversold, promises, lines: state.lines.without(key), facts: state.facts.with(key, record) };
};
