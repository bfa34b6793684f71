import type { PartitionStatus } from '#messaging';
import type { LedgerService } from '../../crash/service/ledger-service.js';
import type { Rolls } from '../../crash/clients/rolls.js';
import { demand, type Pair } from './pair.js';
import { hasToldAll, intakeEnds, intakePlaces, relayPlaces, type Places, type Telling } from './places.js';

/** How long it took until the other instance went on, in milliseconds. */
export type Takeover = {
  readonly intakeMillis: number;
  readonly relayMillis: number;
  /** Partitions with messages before them at the kill. */
  readonly partitionsBehind: number;
};

const progressMillisMax = 120_000;

/**
 * kill -9 of either instance while there is work. Resolves when every partition and the relays have gone on without it,
 * and it runs again.
 */
export const killEither = async (pair: Pair, rolls: Rolls): Promise<Takeover> => {
  const dying = pair.instances[rolls.integer(0, 1)] as LedgerService;
  await dying.kill();
  const killedAt = performance.now();
  const since = async (what: string, condition: () => Promise<boolean>): Promise<number> => {
    await demand(what, condition, progressMillisMax);
    return performance.now() - killedAt;
  };
  const [places, told] = [await intakePlaces(pair.pool), await relayPlaces(pair.pool)];
  const ends = await intakeEnds(pair.boundsOf);
  const behind = [...ends].filter(([place, end]) => (places.get(place) ?? 0) < end);
  const [intakeMillis, relayMillis] = await Promise.all([
    since('the intake goes on in every partition', () => intakeGoesOn(pair, places)),
    since('the relays go on', () => relaysGoOn(pair, told)),
  ]);
  await dying.start();
  return { intakeMillis, relayMillis, partitionsBehind: behind.length };
};

export const bothFollow = async (pair: Pair): Promise<boolean> => {
  const followed = await Promise.all(pair.instances.map((instance) => partitionsOf(pair, instance)));
  return followed.every(({ length }) => length > 0);
};

const partitionsOf = async ({ call }: Pair, instance: LedgerService): Promise<readonly PartitionStatus[]> => {
  const { partitions } = (await call(instance, 'GET', '/v1/intake')) as { partitions: readonly PartitionStatus[] };
  return partitions;
};

/** Every partition is further than it was, or at its end. */
const intakeGoesOn = async ({ pool, boundsOf }: Pair, places: Places): Promise<boolean> => {
  const [now, ends] = [await intakePlaces(pool), await intakeEnds(boundsOf)];
  return [...ends].every(([place, end]) => {
    const next = now.get(place) ?? 0;
    return next > (places.get(place) ?? 0) || next >= end;
  });
};

const relaysGoOn = async ({ pool }: Pair, told: Telling): Promise<boolean> => {
  const now = await relayPlaces(pool);
  return hasToldAll(now) || (now.events > told.events && now.availability > told.availability);
};
