import { expect, it } from 'vitest';
import { createMeter, measuredCosts } from './costs.js';

/** Timers that ring so much late. */
const meterOf = (lateMs: number) => {
  let now = 1_000;
  const slept: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    slept.push(Number(ms.toFixed(6)));
    now += ms + lateMs;
    return Promise.resolve();
  };
  return { slept, passed: () => now - 1_000, meter: createMeter(sleep, () => now) };
};

const writeRows = async ({ meter }: ReturnType<typeof meterOf>, rows: number): Promise<void> => {
  meter.owe(measuredCosts.requestMs);
  await meter.pay();
  for (let row = 0; row < rows; row += 1) {
    meter.owe(measuredCosts.writtenRowMs);
    await meter.pay();
  }
};

it('pays what it owes, once it has come to what a timer can do', async () => {
  const exact = meterOf(0);
  await writeRows(exact, 3);
  expect(exact.slept).toEqual([15, 1.4]);
});

it('takes off what has passed: a request takes no longer for timers that ring late', async () => {
  const late = meterOf(0.5);
  await writeRows(late, 200);
  expect(late.passed()).toBeGreaterThan(15 + 200 * 0.7 - 1);
  expect(late.passed()).toBeLessThan(15 + 200 * 0.7 + 2);
});
