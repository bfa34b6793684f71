import { expect, it } from 'vitest';
import { createMeter, measuredCosts } from './costs.js';

it('pays what it owes, once it has come to what a timer can do', async () => {
  const slept: number[] = [];
  const meter = createMeter((ms) => {
    slept.push(ms);
    return Promise.resolve();
  });
  meter.owe(measuredCosts.requestMs);
  await meter.pay();
  for (let row = 0; row < 3; row += 1) {
    meter.owe(measuredCosts.writtenRowMs);
    await meter.pay();
  }
  expect(slept).toEqual([15, 1.4]);
});
