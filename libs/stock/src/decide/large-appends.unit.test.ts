import { expect, it } from 'vitest';
import { jsonBytes } from '#event-sourcing';
import { day, later } from '../../testing/company.js';
import { incomingOf, receipt } from '../../testing/facts.js';
import { order, reserveOf } from '../../testing/requests.js';
import { decideOn, play, runAll, type Run } from '../../testing/run.js';
import type { StockCommand } from '../commands.js';

/* The most that one command carries along, with the longest keys: no store may have to refuse a fact for it. */

const serverBytesMax = 1_048_576;
/** What stands beside an event: ids of the longest keys, and two moments. */
const besideBytes = 700;
const long = (name: string): string => name.padEnd(128, '-');

const bytesOf = (before: Run, command: StockCommand, now = later(0)): number => {
  const decision = decideOn(before.state, command, { now });
  if (decision.kind === 'refused') throw new Error(decision.refusal.code);
  const bytes = decision.events.reduce((sum, { data }) => sum + jsonBytes(data) + besideBytes, 0);
  expect(bytes, 'control: it is much').toBeGreaterThan(serverBytesMax / 2);
  return bytes;
};

const many = (count: number, make: (index: number) => StockCommand): readonly StockCommand[] =>
  Array.from({ length: count }, (_, index) => make(index));
const po1 = long('po1');
const promised = play(
  runAll(incomingOf(po1, 900, { eta: later(2 * day) })),
  many(450, (index) => order(long(`o${index}`), 2)),
);

it('a receipt fills promises', () => {
  expect(bytesOf(promised, receipt(900, { incomingLine: po1 }))).toBeLessThan(serverBytesMax);
});

it('a line that comes earlier takes promises over', () => {
  const before = play(promised, [incomingOf(long('po2'), 900, { eta: later(day) })]);
  expect(bytesOf(before, incomingOf(po1, 0, { sourceVersion: 2 }))).toBeLessThan(serverBytesMax);
});

it('carts whose time is over are ended first', () => {
  const held = play(
    runAll(receipt(1_000)),
    many(1_000, (index) => reserveOf(long(`c${index}`), 1)),
  );
  expect(bytesOf(held, reserveOf('big', 1_000), later(1_000))).toBeLessThan(serverBytesMax);
});
