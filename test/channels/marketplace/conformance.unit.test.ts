import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelPort } from '#channel-kit';
import { channelChecks, type ChannelWorld } from '#testing';
import type { MarketplaceOrder } from './index.js';
import { serverWorld, type MarketplaceWorld } from './testing/server-world.js';

describe('the port of the marketplace keeps the promises of every connector', () => {
  let world: MarketplaceWorld;
  beforeAll(async () => {
    world = await serverWorld();
  });
  afterAll(() => world.stop());
  it.each(Object.entries(channelChecks))('%s', (_, { run }) => run(world));
});

type Port = ChannelPort<MarketplaceOrder>;

/** Ports with one promise broken, and the check that finds it. */
const broken: Readonly<Record<string, { readonly breaks: (port: Port) => Partial<Port>; readonly found: string }>> = {
  'lowers in its books what the marketplace leaves alone': {
    found: 'findsAndExplainsOrders',
    breaks: () => ({
      effects: (_, after) => new Map((after?.items ?? []).map(({ offer, units }) => [offer, [-units]])),
    }),
  },
  'says that it counts down': {
    found: 'seesACrossedWrite',
    breaks: (port) => ({ capabilities: { ...port.capabilities, decrementsItself: true } }),
  },
  'says that a figure is shown that was only accepted': {
    found: 'readsBackWhatWasWritten',
    breaks: () => ({
      write: (changes) =>
        Promise.resolve({ kind: 'answered', value: { written: changes.map(({ row }) => row), failed: [] } }),
    }),
  },
  'says that it compares': {
    found: 'comparesBeforeItSets',
    breaks: (port) => ({ capabilities: { ...port.capabilities, comparesAndSets: true } }),
  },
  'says of an order that it is gone when it is': {
    found: 'aVanishedOrderIsUndefined',
    breaks: (port) => ({
      order: async (id, signal) => {
        const answer = await port.order(id, signal);
        const isGone = answer.kind === 'answered' && answer.value === undefined;
        return isGone ? { kind: 'answered', value: { id, placedAt: '', items: [] } } : answer;
      },
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
};

describe('control: the suite finds a port that', () => {
  let world: MarketplaceWorld;
  beforeAll(async () => {
    world = await serverWorld();
  });
  afterAll(() => world.stop());
  it.each(Object.entries(broken))('%s', async (_, { breaks, found }) => {
    const bad: ChannelWorld<MarketplaceOrder> = { ...world, port: { ...world.port, ...breaks(world.port) } };
    await expect(channelChecks[found]!.run(world)).resolves.toBeUndefined();
    await expect(channelChecks[found]!.run(bad)).rejects.toThrow();
  });
});
