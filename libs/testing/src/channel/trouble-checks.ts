import assert from 'node:assert/strict';
import type { Answer, ChannelPort, RowKey } from '#channel-kit';
import { assertTrouble, patience, playgroundOf, readRow, rowOf } from './asking.js';
import type { ChannelCheck } from './world.js';

type Question = readonly [name: string, ask: (signal: AbortSignal) => Promise<Answer<unknown>>];

const questionsOf = <Order>(port: ChannelPort<Order>, row: RowKey, order: string): readonly Question[] => [
  ['listings', (signal) => port.listings(undefined, signal)],
  ['readBack', (signal) => port.readBack([row], signal)],
  ['ordersSince', (signal) => port.ordersSince(undefined, signal)],
  ['order', (signal) => port.order(order, signal)],
  ['cancel', (signal) => port.cancel(order, signal)],
];

export const aWrongKeyIsForAPerson: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const row = rowOf(world);
    for (const [name, ask] of questionsOf(world.stranger, row, world.missingOrder)) {
      assertTrouble(await ask(patience()), 'misconfigured', name);
    }
    const { value } = await readRow(world.port, row);
    const write = await world.stranger.write([{ row, quantity: value + 1, expected: value }], patience());
    assertTrouble(write, 'misconfigured', 'write');
    assert.equal((await readRow(world.port, row)).value, value, 'nothing was written');
  },
};

export const everyFailureIsAValue: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const order = await world.order(rowOf(world), 1);
    for (const [what, { kind, begin, deadlineMillis }] of Object.entries(playgroundOf(world).failing)) {
      const end = begin();
      try {
        for (const [name, ask] of questionsOf(world.port, rowOf(world), order)) {
          const signal = deadlineMillis === undefined ? patience() : AbortSignal.timeout(deadlineMillis);
          assertTrouble(await ask(signal), kind, `${what}: ${name}`);
        }
      } finally {
        end();
      }
    }
    await world.cancel(order);
  },
};

export const believesNoUnprovenMessage: ChannelCheck = {
  needsPlayground: false,
  run: ({ port }) =>
    Promise.resolve().then(() => {
      const body = Buffer.from('{"orders":[1]}');
      assert.equal(port.verifyWebhook(body, {}, Date.now()), undefined);
    }),
};
