import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAvailability, type AvailabilityService } from '#apps/availability';
import { UnknownEventTypeError, type EventStore, type RecordedEvent } from '#event-sourcing';
import { createClock } from '#platform';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { storeOf } from '../../libs/read-model/testing/store-of.js';
import { simulate } from '../simulation/run.js';

/* Of two read sides one brings a projection on; the other one knows how far it has come, and takes over. */

const waitMillisMax = 20_000;
const office = 'projection fold';

let database: ReadDatabase;
let whole: readonly RecordedEvent[];
let running: AvailabilityService[] = [];
beforeAll(async () => {
  database = await createReadDatabase();
  ({ log: whole } = await simulate(1, 200));
});
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  running = [];
  await database.reset();
});
afterAll(() => database.drop());

const capabilities = { contiguousPositions: true } as EventStore['capabilities'];
const endOf = (log: readonly RecordedEvent[]) => log.at(-1)?.position ?? '';
const reading = (log: readonly RecordedEvent[]) => ({ ...storeOf(log), capabilities }) as EventStore;

const start = async (store: EventStore, onTrouble: (what: string, error: unknown) => void = () => undefined) => {
  const { pool, serviceUrl: url } = database;
  const started = await startAvailability({ store, pool, url, clock: createClock(), random: Math.random, onTrouble });
  running.push(started);
  return started;
};

/** Sessions that hold the lead of the fold, or ask for it. */
const sessions = async (): Promise<number> => {
  const { rows } = await database.pool.query<{ locks: number }>(
    `SELECT count(*)::int AS locks FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND application_name = $1`,
    [office],
  );
  return rows[0]?.locks ?? 0;
};

const reaches = (service: AvailabilityService, log: readonly RecordedEvent[]): Promise<void> =>
  service.caughtUpTo(endOf(log), AbortSignal.timeout(waitMillisMax));

describe('two read sides', () => {
  it('know both how far the one that leads has come, and either takes over', async () => {
    const log = whole.slice(0, whole.length / 2);
    const troubles: unknown[] = [];
    const tell = (what: string, error: unknown) => troubles.push([what, error]);
    const [one, other] = [await start(reading(log), tell), await start(reading(log), tell)];
    await Promise.all([reaches(one, log), reaches(other, log)]);
    expect(await sessions()).toBe(1);
    expect((await other.projections()).map(({ state, lagEvents }) => [state, lagEvents])).toEqual(
      Array.from({ length: 3 }, () => ['running', 0]),
    );
    await one.stop();
    log.push(...whole.slice(log.length));
    await reaches(other, log);
    // Nobody has lost a race for a checkpoint
    expect(troubles).toEqual([]);
  });

  it('go on when the session of the leader is gone', async () => {
    const log = whole.slice(0, whole.length / 2);
    const [one, other] = [await start(reading(log)), await start(reading(log))];
    await Promise.all([reaches(one, log), reaches(other, log)]);
    await database.pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
      office,
    ]);
    log.push(...whole.slice(log.length));
    await Promise.all([reaches(one, log), reaches(other, log)]);
  });

  it('leave a projection that one cannot bring on to the other', async () => {
    const older: EventStore = {
      ...reading(whole),
      // eslint-disable-next-line require-yield -- it stops before it has anything to give
      subscribe: async function* () {
        await Promise.resolve();
        throw new UnknownEventTypeError('OfANewerRelease');
      },
    };
    const stuck = await start(older);
    const reasons = async () => (await stuck.projections()).map(({ reason }) => reason);
    await expect
      .poll(reasons, { timeout: waitMillisMax })
      .toEqual(Array.from({ length: 3 }, () => 'unknown_event_type'));
    const newer = await start(reading(whole));
    await reaches(newer, whole);
    await expect
      .poll(async () => (await stuck.projections()).map(({ state }) => state), { timeout: waitMillisMax })
      .toEqual(['running', 'running', 'running']);
  });
});
