import { expect, it } from 'vitest';
import { positionOf } from '#event-sourcing';
import { anyEvent, plainDigest, sealAll } from '#testing';
import { checkChains } from './chain-check.js';

const chainOf = (stream: string) =>
  sealAll(
    stream,
    [1, 2, 3].map((number) => anyEvent('Noted', { number })),
  ).map(({ canonical, ...event }, index) => ({ event: { ...event, position: positionOf(index + 1) }, canonical }));

const a = chainOf('stock-a');
const b = chainOf('stock-b');
const brokenIn = (log: typeof a): readonly string[] => {
  const check = checkChains(plainDigest);
  for (const { event, canonical } of log) check.see(event, canonical);
  return check.broken();
};

it('finds chains intact, each for itself', () => {
  expect(brokenIn([a[0]!, b[0]!, a[1]!, b[1]!, b[2]!, a[2]!])).toEqual([]);
});

it.each([
  ['an edited text', [a[0]!, { ...a[1]!, canonical: a[1]!.canonical.replace('"number":2', '"number":7') }, a[2]!], 1],
  ['a missing event', [a[0]!, a[2]!], 2],
  ['a text of another stream', [a[0]!, { ...a[1]!, canonical: b[1]!.canonical }, a[2]!], 1],
])('finds %s', (_, log, revision) => {
  expect(brokenIn(log)).toEqual([`stock-a@${revision}: the hash chain does not continue`]);
});
