import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelPort } from '#channel-kit';
import { channelChecks, type ChannelWorld } from '#testing';
import type { MarketplaceOrder } from '../marketplace/index.js';
import { bazaarWorld, type BazaarWorld } from './testing/server-world.js';

describe('the port of the bazaar keeps the promises of every connector', () => {
  let world: BazaarWorld;
  beforeAll(async () => {
    world = await bazaarWorld();
  });
  afterAll(() => world.stop());
  it.each(Object.entries(channelChecks))('%s', (_, { run }) => run(world));
});

type Port = ChannelPort<MarketplaceOrder>;

/** Ports with one promise broken, and the check that finds it. */
const broken: Readonly<Record<string, { readonly breaks: (port: Port) => Partial<Port>; readonly found: string }>> = {
  'reads once more in place of comparing': {
    found: 'comparesBeforeItSets',
    breaks: (port) => ({
      write: async (changes, signal) => {
        const shown = await port.readBack(
          changes.map(({ row }) => row),
          signal,
        );
        if (shown.kind === 'trouble') return shown;
        const figures = new Map(shown.value.map(({ row, quantity }) => [row, quantity]));
        return port.write(
          changes.map((change) => ({ ...change, expected: figures.get(change.row) ?? 0 })),
          signal,
        );
      },
    }),
  },
  'does not say that it compares': {
    found: 'comparesBeforeItSets',
    breaks: (port) => ({ capabilities: { ...port.capabilities, comparesAndSets: false } }),
  },
  'gives a conflict another name': {
    found: 'comparesBeforeItSets',
    breaks: (port) => ({
      write: async (changes, signal) => {
        const answer = await port.write(changes, signal);
        if (answer.kind === 'trouble') return answer;
        const failed = answer.value.failed.map((row) => ({ ...row, code: 'refused' }));
        return { ...answer, value: { ...answer.value, failed } };
      },
    }),
  },
  'does not see that an order lowers its rows': {
    found: 'findsAndExplainsOrders',
    breaks: () => ({ effects: () => new Map() }),
  },
};

describe('control: the suite finds a port that', () => {
  let world: BazaarWorld;
  beforeAll(async () => {
    world = await bazaarWorld();
  });
  afterAll(() => world.stop());
  it.each(Object.entries(broken))('%s', async (_, { breaks, found }) => {
    const bad: ChannelWorld<MarketplaceOrder> = { ...world, port: { ...world.port, ...breaks(world.port) } };
    await expect(channelChecks[found]!.run(world)).resolves.toBeUndefined();
    await expect(channelChecks[found]!.run(bad)).rejects.toThrow();
  });
});
