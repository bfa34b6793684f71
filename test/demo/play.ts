import { seededRandom } from '../bench/support/random.js';
import type { Basket } from './day/baskets.js';
import type { Seller, Visit } from './world/seller.js';

export type Played = {
  readonly visits: number;
  readonly bought: number;
  readonly missed: number;
  readonly turnedBack: number;
};

export type Tally = { readonly add: (channel: string, visit: Visit) => void; readonly of: (channel: string) => Played };

const none: Played = { visits: 0, bought: 0, missed: 0, turnedBack: 0 };

export const createTally = (): Tally => {
  const played = new Map<string, Played>();
  const of = (channel: string): Played => played.get(channel) ?? none;
  return {
    of,
    add: (channel, { bought, missed, turnedBack }) => {
      const before = of(channel);
      played.set(channel, {
        visits: before.visits + 1,
        bought: before.bought + (bought.length > 0 ? 1 : 0),
        missed: before.missed + missed,
        turnedBack: before.turnedBack + (turnedBack ? 1 : 0),
      });
    },
  };
};

type Play = {
  readonly baskets: readonly Basket[];
  readonly sellers: readonly Seller[];
  readonly seed: number;
  readonly seconds: number;
  readonly tally: Tally;
  /** Resolves then, in milliseconds after the beginning. */
  readonly until: (millis: number) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Shoppers come at the pace of the day, whether or not those before them are done. */
export const playDay = async ({ baskets, sellers, seed, seconds, tally, until, signal }: Play): Promise<void> => {
  const random = seededRandom(seed);
  const visits: Promise<void>[] = [];
  for (const [at, { lines }] of baskets.entries()) {
    await until((at / baskets.length) * seconds * 1_000);
    if (signal.aborted) break;
    const wanted = sellers.filter(({ sells }) => lines.some(({ sku }) => sells(sku)));
    const seller = wanted[Math.floor(random() * wanted.length)];
    if (seller !== undefined) visits.push(comeTo(seller, lines, tally));
  }
  await Promise.all(visits);
};

const comeTo = async (seller: Seller, lines: Basket['lines'], tally: Tally): Promise<void> =>
  tally.add(seller.channel, await seller.visit(lines.filter(({ sku }) => seller.sells(sku))));
