import { availability, type AtpPolicy, type ChannelPolicy, type LocationPolicy, type Supply } from '#atp';
import type { Bench } from '../support/bench.js';
import { seededRandom } from '../support/random.js';
import { median } from '../support/statistics.js';

const now = '2026-01-01T00:00:00.000Z';
const locationsOfSku = 10;
const below = (random: () => number, bound: number): number => Math.floor(random() * bound);

const names = Array.from({ length: locationsOfSku }, (_, index) => `wh${index}`);
const origin = { stream: 'stock-A', revision: 7 };

/** Everything that a channel may have at once: three channels that share, a buffer, a cap, a location that is counted. */
const policy: AtpPolicy = (() => {
  const channelOf = (channel: string, locations: readonly string[]): ChannelPolicy => ({
    ...{ channel, connection: channel, locations, reservationTtlMillis: 900_000, splitCarts: false, revision: 3 },
    buffer: { effect: 'hard', basisPoints: 500, unitsMax: 20 },
    cap: { units: 500 },
  });
  const locationOf = (location: string, index: number): LocationPolicy => ({
    ...{ location, author: 'wms', authors: {}, kind: 'own', revision: 1 },
    state: index === 4 ? 'counting' : 'open',
  });
  const channel = channelOf('web', names);
  const others = [channelOf('b2b', names.slice(5)), channelOf('pos', names.slice(0, 2))];
  return {
    channel,
    channels: new Map([channel, ...others].map((one) => [one.channel, one])),
    locations: new Map(names.map((name, index) => [name, locationOf(name, index)])),
  };
})();

/** A SKU at ten locations: most have some, some are short and owe, some fence units, two channels owe. */
const supplyOf = (random: () => number): Supply => ({
  locations: names.map((location) => ({
    location,
    sellable: below(random, 60) - 5,
    committed: below(random, 10),
    fenced: random() < 0.3 ? { web: below(random, 9), b2b: below(random, 9) } : {},
    origin,
  })),
  unsourced: ['web', 'b2b'].map((channel) => ({ channel, sellable: -below(random, 4), origin })),
  nextExpiry: '2026-01-01T00:05:00.000Z',
});

/** Microseconds of one answer, in batches whose median counts. The sum keeps the answers from being optimised away. */
const measure = (supplies: readonly Supply[], batches: number): { readonly times: number[]; readonly sum: number } => {
  const times: number[] = [];
  let sum = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const began = performance.now();
    for (const supply of supplies) sum += availability(supply, policy, now).shown;
    times.push(((performance.now() - began) * 1_000) / supplies.length);
  }
  return { times, sum };
};

export const atp: Bench = {
  name: 'atp',
  about: 'availability() of a SKU at ten locations: three channels that share, buffer, cap, one location counted',
  run: ({ size }) => {
    const random = seededRandom(1);
    const supplies = Array.from({ length: 1_000 }, () => supplyOf(random));
    measure(supplies, size(100, 1));
    const { times, sum } = measure(supplies, size(1_000, 5));
    return Promise.resolve({
      name: 'atp',
      figures: { locations: locationsOfSku, 'shown on average': Math.round(sum / (times.length * supplies.length)) },
      expectations: [{ figure: 'availability()', value: median(times), unit: 'us', atMost: 5 }],
    });
  },
};
