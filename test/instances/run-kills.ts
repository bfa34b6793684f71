import { createPool, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { openBooks, type Books } from '../crash/clients/books.js';
import { openTally, runClient, type Served, type Tally } from '../crash/clients/client.js';
import { rollsOf, type Rolls } from '../crash/clients/rolls.js';
import { setUp, shop } from '../crash/run-crashes.js';
import { createLedgerService, type LedgerService } from '../crash/service/ledger-service.js';
import { settle } from '../crash/service/settle.js';
import { demand } from '../messages/load/pair.js';

/** How long it took until the other instance had done what the killed one was to do, in milliseconds. */
export type Takeover = {
  /** Until somebody was answered that a command is done. */
  readonly commandMillis: number;
  /** Until every projection had what the log held at the kill, and went on. */
  readonly projectionMillis: number;
};

export type KillRun = {
  readonly instances: readonly [LedgerService, LedgerService];
  readonly database: TestDatabase;
  readonly tally: Tally;
  readonly books: readonly Books[];
  readonly takeovers: readonly Takeover[];
  readonly dispose: () => Promise<void>;
};

/** Few: what they take of the machine, the start of the killed one waits for. */
const clientsCount = 4;
/** Between two kills so many requests are acknowledged at most. */
const acknowledgedMax = 80;
const progressMillisMax = 90_000;
/** The other instance takes over within this. */
const takeoverMillisMax = 10_000;

/** Two instances on one database behind a balancer that sends each request anywhere, while either is killed again and again. */
export const runKills = async (
  seed: number,
  killsCount: number,
  say: (takeover: Takeover) => void,
): Promise<KillRun> => {
  const database = await createDatabase();
  const env = { DATABASE_URL: database.url, SWEEP_EVERY_MILLIS: '100', RATE_LIMIT_PER_SECOND: '1000000' };
  const instances = [await createLedgerService(env), await createLedgerService(env)] as const;
  const dispose = async (): Promise<void> => {
    await Promise.all(instances.map((instance) => instance.dispose()));
    await database.drop();
  };
  try {
    for (const instance of instances) await instance.start();
    const worked = await workAndKill({ database, instances, seed, killsCount, say });
    await settle(database.url);
    return { instances, database, ...worked, dispose };
  } catch (error) {
    console.error(instances.map((instance) => instance.output().slice(-5_000)).join('\n\n'));
    await dispose();
    throw error;
  }
};

type Work = Pick<KillRun, 'database' | 'instances'> & {
  readonly seed: number;
  readonly killsCount: number;
  readonly say: (takeover: Takeover) => void;
};

const workAndKill = async (work: Work): Promise<Pick<KillRun, 'tally' | 'books' | 'takeovers'>> => {
  const { database, instances, seed } = work;
  const alive = new Set<LedgerService>(instances);
  const balancer = balancerOf(instances, alive, rollsOf(seed - 2));
  const tally = openTally();
  const opening = await setUp(balancer, tally, seed);
  const books = Array.from({ length: clientsCount }, (_, index) => openBooks(`k${index}`));
  let goesOn = true;
  const working = Promise.all(
    books.map((own, index) =>
      runClient({ service: balancer, shop, tally, books: own, rolls: rollsOf(seed + index) }, () => goesOn),
    ),
  );
  const pool = createPool({ url: database.url, applicationName: 'kills-test', max: 1 });
  try {
    const killing = killEach(work, { alive, tally, pool });
    // Clients that fail end the run
    const takeovers = await Promise.race([killing, working.then(() => killing)]);
    return { tally, books: [opening, ...books], takeovers };
  } finally {
    goesOn = false;
    await working;
    await pool.end();
  }
};

/** Each request goes to any instance that is up. */
const balancerOf = (
  instances: readonly [LedgerService, LedgerService],
  alive: ReadonlySet<LedgerService>,
  rolls: Rolls,
): Served => ({
  up: () => Promise.race(instances.map((instance) => instance.up())),
  url: () => (rolls.pick([...alive]) ?? instances[0]).url(),
  key: instances[0].key,
});

type Scene = { readonly alive: Set<LedgerService>; readonly tally: Tally; readonly pool: Pool };

const killEach = async ({ instances, seed, killsCount, say }: Work, scene: Scene): Promise<readonly Takeover[]> => {
  const rolls = rollsOf(seed - 1);
  const takeovers: Takeover[] = [];
  for (let kill = 0; kill < killsCount; kill += 1) {
    const wanted = scene.tally.acknowledged + rolls.integer(1, acknowledgedMax);
    await demand('requests are acknowledged', () => scene.tally.acknowledged >= wanted, progressMillisMax);
    const takeover = await killOne(instances[rolls.integer(0, 1)] as LedgerService, scene);
    takeovers.push(takeover);
    say(takeover);
  }
  return takeovers;
};

const killOne = async (dying: LedgerService, { alive, tally, pool }: Scene): Promise<Takeover> => {
  alive.delete(dying);
  await dying.kill();
  const killedAt = performance.now();
  const [head, { acknowledged }] = [(await placesOf(pool)).head, { ...tally }];
  const since = async (what: string, condition: () => boolean | Promise<boolean>): Promise<number> => {
    await demand(what, condition, takeoverMillisMax);
    return Math.round(performance.now() - killedAt);
  };
  const [commandMillis, projectionMillis] = await Promise.all([
    since('commands are done', () => tally.acknowledged > acknowledged),
    since('the projections go on', async () => (await placesOf(pool)).projected > head),
  ]);
  await dying.start();
  alive.add(dying);
  return { commandMillis, projectionMillis };
};

type PlacesRow = { readonly head: number; readonly projected: number };

const placesOf = async (pool: Pool): Promise<PlacesRow> => {
  const { rows } = await pool.query<PlacesRow>(
    `SELECT (SELECT max(position) FROM ledger.events) AS head,
      (SELECT coalesce(min(position), 0) FROM read.checkpoint JOIN read.projection USING (name) WHERE version = live) AS projected`,
  );
  if (!rows[0]) throw new Error('a row was asked for');
  return rows[0];
};
