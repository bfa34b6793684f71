import { expect, it } from 'vitest';
import type { Answer, ChannelPort } from '#channel-kit';
import type { KeptOrder } from '../contracts/index.js';
import { guardDefaults, guardedPort } from './guarded-port.js';

const never = new AbortController().signal;
const answered: Answer<readonly string[]> = { kind: 'answered', value: [] };

/** What the shop is said to have spent on one question while the clock went on by so much. */
const spentWhile = async (passedMillis: number): Promise<number> => {
  let now = 1_000_000;
  let spent = Number.NaN;
  const openOrders = (): Promise<typeof answered> => {
    now += passedMillis;
    return Promise.resolve(answered);
  };
  const port = guardedPort({ openOrders } as unknown as ChannelPort<KeptOrder>, {
    ...{ ...guardDefaults, busyMillis: () => now },
    onSpent: (millis) => void (spent = millis),
  });
  await port.openOrders(never);
  return spent;
};

it('a question costs the shop the time that passes until its answer', async () => {
  expect(await spentWhile(120)).toBe(120);
});

it('a clock that is set while it is asked is no work of the shop: it would be left alone for as long', async () => {
  expect(await spentWhile(26 * 3_600_000)).toBe(guardDefaults.requestMillisMax);
  expect(await spentWhile(-3_600_000)).toBe(0);
});
