import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChannelPort } from '#channel-kit';
import { channelChecks, type ChannelWorld } from '#testing';
import { serverWorld, type WooCommerceWorld } from '../../testing/world/index.js';
import { type WooCommerceOrder } from './context.js';

describe.each([
  ['product', 'without the plugin'],
  ['variation', 'without the plugin'],
  ['parent', 'without the plugin'],
  ['product', 'with the plugin'],
  ['variation', 'with the plugin'],
  ['parent', 'with the plugin'],
] as const)('the port keeps the promises of every connector, by the row of a %s, %s', (kind, plugin) => {
  let world: WooCommerceWorld;
  beforeAll(async () => {
    world = await serverWorld(kind, plugin === 'with the plugin');
  });
  afterAll(() => world.stop());
  it.each(Object.entries(channelChecks))('%s', (_, { run }) => run(world));
});

type Port = ChannelPort<WooCommerceOrder>;

/** Ports with one promise broken, and the check that finds it. */
const broken: Readonly<Record<string, { readonly breaks: (port: Port) => Partial<Port>; readonly found: string }>> = {
  'expects nothing of orders': { found: 'findsAndExplainsOrders', breaks: () => ({ effects: () => new Map() }) },
  'follows statuses alone, and no edit or refund': {
    found: 'findsAndExplainsEveryChange',
    breaks: (port) => ({
      effects: (before, after) =>
        before?.view.status === after?.view.status ? new Map() : port.effects(before, after),
    }),
  },
  'explains a crossed write with what nobody has done': {
    found: 'seesACrossedWrite',
    breaks: () => ({ effects: () => new Map() }),
  },
  'says that its shop loses writes': {
    found: 'seesACrossedWrite',
    breaks: ({ capabilities }) => ({ capabilities: { ...capabilities, losesWrites: true } }),
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
  'says of a lost answer that nothing was written': {
    found: 'aLostAnswerIsAnUnknownOutcome',
    breaks: (port) => ({
      write: async (changes, signal) => {
        const answer = await port.write(changes, signal);
        const failed = changes.map(({ row }) => ({ row, code: 'lost', detail: '' }));
        return answer.kind === 'trouble' ? { kind: 'answered', value: { written: [], failed } } : answer;
      },
    }),
  },
  'names what orders sell otherwise than what it lists': {
    found: 'describesOrders',
    breaks: (port) => ({
      describe: (order) => {
        const described = port.describe(order);
        const lines = described.snapshot.lines.map((line) => ({ ...line, ids: { product: `p${line.ids.product}` } }));
        return { ...described, snapshot: { ...described.snapshot, lines } };
      },
    }),
  },
};

const brokenWithPlugin: typeof broken = {
  'does not say that it compares': {
    found: 'comparesBeforeItSets',
    breaks: ({ capabilities }) => ({ capabilities: { ...capabilities, comparesAndSets: false } }),
  },
  'expects whatever the row shows': {
    found: 'comparesBeforeItSets',
    breaks: (port) => ({
      write: async (changes, signal) => {
        const keys = changes.map(({ row }) => row);
        const shown = await port.readBack(keys, signal);
        if (shown.kind === 'trouble') return shown;
        const figures = new Map(shown.value.map(({ row, quantity }) => [row, quantity]));
        const renewed = changes.map((change) => ({ ...change, expected: figures.get(change.row) ?? 0 }));
        return port.write(renewed, signal);
      },
    }),
  },
};

describe('control: with the plugin the suite finds a port that', () => {
  let world: WooCommerceWorld;
  beforeAll(async () => {
    world = await serverWorld('product', true);
  });
  afterAll(() => world.stop());
  it.each(Object.entries(brokenWithPlugin))('%s', async (_, { breaks, found }) => {
    const bad: ChannelWorld<WooCommerceOrder> = { ...world, port: { ...world.port, ...breaks(world.port) } };
    await expect(channelChecks[found]!.run(world)).resolves.toBeUndefined();
    await expect(channelChecks[found]!.run(bad)).rejects.toThrow();
  });
});

describe('control: the suite finds a port that', () => {
  let world: WooCommerceWorld;
  beforeAll(async () => {
    world = await serverWorld('product');
  });
  afterAll(() => world.stop());
  it.each(Object.entries(broken))('%s', async (_, { breaks, found }) => {
    const bad: ChannelWorld<WooCommerceOrder> = { ...world, port: { ...world.port, ...breaks(world.port) } };
    await expect(channelChecks[found]!.run(world)).resolves.toBeUndefined();
    await expect(channelChecks[found]!.run(bad)).rejects.toThrow();
  });
});
