import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelPort } from '#channel-kit';
import { channelChecks, type ChannelWorld } from '#testing';
import { type PrestashopWorld, serverWorld } from '../../testing/world/index.js';
import { type PrestashopOrder } from './order.js';

describe.each(['1.7.8', '8.2', '9.1'] as const)('the port of %s keeps the promises of every connector', (version) => {
  let world: PrestashopWorld;
  beforeAll(async () => {
    world = await serverWorld(version);
  });
  afterAll(() => world.stop());
  it.each(Object.entries(channelChecks))('%s', (_, { run }) => run(world));
});

type Port = ChannelPort<PrestashopOrder>;

/** Ports with one promise broken, and the check that finds it. */
const broken: Readonly<Record<string, { readonly breaks: (port: Port) => Partial<Port>; readonly found: string }>> = {
  'says that a write stands that was never sent': {
    found: 'readsBackWhatWasWritten',
    breaks: () => ({
      write: (changes) =>
        Promise.resolve({ kind: 'answered', value: { written: changes.map(({ row }) => row), failed: [] } }),
    }),
  },
  'expects nothing of orders': { found: 'findsAndExplainsOrders', breaks: () => ({ effects: () => new Map() }) },
  'expects anything of orders': {
    found: 'findsAndExplainsOrders',
    breaks: (port) => ({
      effects: (before, after) => new Map([...port.effects(before, after)].map(([row]) => [row, 'unknown'])),
    }),
  },
  'tells of no order': {
    found: 'losesNothingOfAStaleFeed',
    breaks: (port) => ({
      ordersSince: async (cursors, signal) => {
        const answer = await port.ordersSince(cursors, signal);
        return answer.kind === 'trouble' ? answer : { ...answer, value: { ...answer.value, orders: [] } };
      },
    }),
  },
  'hides that a source is away': {
    found: 'saysWhenItsFeedIsStale',
    breaks: (port) => ({
      ordersSince: async (cursors, signal) => {
        const answer = await port.ordersSince(cursors, signal);
        return answer.kind === 'trouble' ? answer : { ...answer, value: { ...answer.value, failed: [] } };
      },
    }),
  },
  'explains a crossed write with what anybody may have done': {
    found: 'seesACrossedWrite',
    breaks: () => ({ effects: () => new Map() }),
  },
  'says of a lost answer that nothing was written': {
    found: 'aLostAnswerIsAnUnknownOutcome',
    breaks: (port) => ({
      write: async (changes, signal) => {
        const answer = await port.write(changes, signal);
        return answer.kind === 'answered' ? answer : { kind: 'answered', value: { written: [], failed: [] } };
      },
    }),
  },
  'describes every order as paid': {
    found: 'describesOrders',
    breaks: (port) => ({
      describe: (order) => {
        const described = port.describe(order);
        return { ...described, snapshot: { ...described.snapshot, payment: 'paid' } };
      },
    }),
  },
  'names what orders sell otherwise than what it lists': {
    found: 'describesOrders',
    breaks: (port) => ({
      describe: (order) => {
        const described = port.describe(order);
        const lines = described.snapshot.lines.map((line) => ({ ...line, ids: { ...line.ids, variant: '0' } }));
        return { ...described, snapshot: { ...described.snapshot, lines } };
      },
    }),
  },
  'names an order by its id alone': {
    found: 'saysWhenTheShopWentBack',
    breaks: (port) => ({ describe: (order) => ({ ...port.describe(order), key: String(order.order.id) }) }),
  },
  'cancels nothing': {
    found: 'cancelsOrders',
    breaks: () => ({ cancel: () => Promise.resolve({ kind: 'answered', value: undefined }) }),
  },
  'says of a lost cancellation that it was refused': {
    found: 'aLostCancellationIsAnUnknownOutcome',
    breaks: (port) => ({
      cancel: async (id, signal) => {
        const answer = await port.cancel(id, signal);
        return answer.kind === 'answered' ? answer : { ...answer, trouble: { ...answer.trouble, kind: 'refused' } };
      },
    }),
  },
  'hides that the shop was restored': {
    found: 'saysWhenTheShopWentBack',
    breaks: (port) => ({
      ordersSince: async (cursors, signal) => {
        const answer = await port.ordersSince(cursors, signal);
        if (answer.kind === 'trouble') return answer;
        const { wentBack: _, ...reading } = answer.value;
        return { ...answer, value: reading };
      },
    }),
  },
  'goes on behind a restored shop as if nothing was': {
    found: 'saysWhenTheShopWentBack',
    breaks: (port) => ({
      ordersSince: async (cursors, signal) => {
        const answer = await port.ordersSince(cursors, signal);
        if (answer.kind === 'trouble' || answer.value.wentBack === undefined) return answer;
        return { ...answer, value: { ...answer.value, cursors: {} } };
      },
    }),
  },
  'believes every message': { found: 'believesNoUnprovenMessage', breaks: () => ({ verifyWebhook: () => [] }) },
};

describe('control: the suite finds a port that', () => {
  let world: PrestashopWorld;
  beforeAll(async () => {
    world = await serverWorld('8.2');
  });
  afterAll(() => world.stop());
  it.each(Object.entries(broken))('%s', async (_, { breaks, found }) => {
    const bad: ChannelWorld<PrestashopOrder> = { ...world, port: { ...world.port, ...breaks(world.port) } };
    await expect(channelChecks[found]!.run(world)).resolves.toBeUndefined();
    await expect(channelChecks[found]!.run(bad)).rejects.toThrow();
  });
});
