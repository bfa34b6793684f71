import { intakeTopics } from '#apps/ledger';
import { createKafkaSender } from '#messaging/kafka';
import { rollsOf } from '../../crash/clients/rolls.js';
import { settle } from '../../crash/service/settle.js';
import { bothFollow, killEither, type Takeover } from './killing.js';
import { demand, startPair, type Pair } from './pair.js';
import { hasToldAll, intakeEnds, intakePlaces, relayPlaces } from './places.js';
import { deliveriesOf, planOf, type Planned, type Size } from './plan.js';
import { sendAll } from './sending.js';

export type LoadOptions = Size & { readonly seed: number; readonly kills: number; readonly brokerKills: number };

export type LoadRun = {
  readonly pair: Pair;
  readonly planned: readonly Planned[];
  readonly deliveries: number;
  readonly takeovers: readonly Takeover[];
  readonly brokerKills: number;
};

/** Waiting, never asserted. */
const drainMillisMax = 600_000;

/**
 * Messages come in as many waves as there are kills, each wave with a kill in its middle; now and then the broker is killed
 * too. Ends when everything is taken in and told, which has to happen by itself.
 */
export const runLoad = async (options: LoadOptions, say: (text: string) => void): Promise<LoadRun> => {
  const pair = await startPair();
  try {
    await openShop(pair);
    const planned = planOf(options, options.seed);
    const deliveries = deliveriesOf(planned, options.seed);
    const takeovers = await sendAndKill(pair, deliveries, options, say);
    await drained(pair);
    say('all is taken in and told');
    return { pair, planned, deliveries: deliveries.length, takeovers, brokerKills: options.brokerKills };
  } catch (error) {
    say(pair.instances.map((instance) => instance.output().slice(-5_000)).join('\n\n'));
    await pair.stop();
    throw error;
  }
};

const openShop = async ({ call, instances: [first], boundsOf }: Pair): Promise<void> => {
  await call(first, 'POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await call(first, 'POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  const topics = Object.values(intakeTopics);
  await demand('the topics are made', async () => (await Promise.all(topics.map(boundsOf))).length > 0, drainMillisMax);
};

const sendAndKill = async (
  pair: Pair,
  deliveries: readonly Planned[],
  { seed, kills, brokerKills }: LoadOptions,
  say: (text: string) => void,
): Promise<readonly Takeover[]> => {
  const sender = createKafkaSender({ brokers: pair.kafka.brokers });
  const rolls = rollsOf(seed + 2);
  const takeovers: Takeover[] = [];
  const wave = Math.ceil(deliveries.length / kills);
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      await demand('both instances follow partitions', () => bothFollow(pair), drainMillisMax);
      const before = await intakePlaces(pair.pool);
      const sending = sendAll(sender, deliveries.slice(kill * wave, (kill + 1) * wave));
      await demand('the wave is being taken in', async () => isFurther(before, await intakePlaces(pair.pool)), 60_000);
      const takeover = await killEither(pair, rolls);
      takeovers.push(takeover);
      say(`kill ${kill + 1}: ${JSON.stringify(takeover)}`);
      if ((kill + 1) % Math.ceil(kills / brokerKills) === 0) await restartBroker(pair);
      await sending;
    }
    return takeovers;
  } finally {
    await sender.close();
  }
};

const isFurther = (before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): boolean =>
  [...now].some(([place, next]) => next > (before.get(place) ?? 0));

const restartBroker = async ({ kafka }: Pair): Promise<void> => {
  await kafka.kill(1);
  await kafka.start(1);
};

/** Nobody does anything for it. */
const drained = async ({ pool, boundsOf, database }: Pair): Promise<void> => {
  const isDrained = async (): Promise<boolean> => {
    const [places, ends] = [await intakePlaces(pool), await intakeEnds(boundsOf)];
    return [...ends].every(([place, end]) => (places.get(place) ?? 0) >= end);
  };
  await demand('the lag drains', isDrained, drainMillisMax);
  await settle(database.url);
  await demand('everything is told', async () => hasToldAll(await relayPlaces(pool)), drainMillisMax);
};
