import { expect, it } from 'vitest';
import { showsMillis, type Injection } from '../notes.js';
import { isUnheard, makingSince } from './judge-writes.js';

const [from, healedAt] = [100_000, 160_000];
const outage: Injection = {
  ...{ cause: 'a feed outage', channel: 'west', row: '1-0@s1g0', from, until: healedAt + showsMillis },
  ...{ isSeen: false, doneAt: from },
};
const readAt = (at: number, channel = 'west') => ({
  feedsRead: [
    { channel, at: from + 5_000 },
    { channel, at },
  ],
});

it('what a shop sells while its feed is away is unheard until somebody has read the feed, not until it is well again', () => {
  const injections = [outage];
  expect(isUnheard({ injections, ...readAt(healedAt + 30_000) }, healedAt + 29_000)).toBe(true);
  expect(isUnheard({ injections, ...readAt(healedAt + 30_000) }, healedAt + 43_000)).toBe(false);
  expect(isUnheard({ injections, ...readAt(healedAt + 1_000) }, healedAt + 29_000)).toBe(false);
});

it('another shop that is read says nothing of it, and before the outage everything was heard', () => {
  const injections = [outage];
  expect(isUnheard({ injections, ...readAt(healedAt + 1_000, 'east') }, healedAt + 60_000)).toBe(true);
  expect(isUnheard({ injections, ...readAt(healedAt + 1_000) }, from - 1)).toBe(false);
});

it('an order is news for other shops when it is made, and a little later', () => {
  const making: Injection = { ...outage, cause: 'an order in the making', doneAt: from + 20_000 };
  const at = (moment: number, row = 'west/1-0@s1g0'): number | undefined =>
    makingSince({ injections: [outage, making] }, new Set(['east/7-0@s1g0', row]), moment);
  expect([at(from - 1), at(from), at(from + 32_000), at(from + 32_001)]).toEqual([undefined, from, from, undefined]);
  expect(at(from, 'west/2-0@s1g0')).toBeUndefined();
});
