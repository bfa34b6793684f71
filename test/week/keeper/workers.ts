import { createHash } from 'node:crypto';
import type { Alerts, KeptOrder } from '#apps/channels';
import type { ChannelPort } from '#channel-kit';
import { millisOf } from '#event-sourcing';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { channelsModule, hearPairs } from '../../../apps/channels/src/store/index.js';
import { guardDefaults } from '../../../apps/channels/src/worker/guarded-port.js';
import { runChannel, type ChannelRun, type RunningChannel } from '../../../apps/channels/src/worker/run-channel.js';
import { nameOf } from '../company/places.js';
import type { Keeper, KeeperParts, KeptChannel } from './keeper.js';
import { beginLife, mortal, type Life } from './mortal.js';

/** The workers of the channels on a database of their own, which outlives them. */
export type WorkerHouse = {
  readonly begin: (parts: KeeperParts, plan?: { readonly scans: () => boolean }) => Promise<Keeper>;
  readonly close: () => Promise<void>;
};

const connectionsMax = 8;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const nobody: Alerts = {
  raise: () => Promise.resolve(),
  settle: () => Promise.resolve(),
  subjects: () => Promise.resolve([]),
};

/** A connection has somebody who waits for it, or for its answer. */
const isBusy = (pool: Pool): boolean => pool.totalCount > pool.idleCount || pool.waitingCount > 0;

const connectionOf = ({ channel, connection }: KeptChannel, { rung = 'live' }: KeeperParts): ChannelRun['channel'] => ({
  ...{ channel, connection, kind: 'prestashop', settings: {}, ladder: { rung } },
  ...{ pausedFor: undefined, revision: 1 },
});

const mappingsOf =
  (channels: readonly KeptChannel[]): ChannelRun['mappings'] =>
  (channel) => {
    const listings = channels.find((one) => one.channel === channel)?.listings ?? [];
    const mappings = listings.map(({ ids, sku, unitsPerSale }) => ({ listing: nameOf(ids), sku, unitsPerSale }));
    return Promise.resolve({ mappings, next: undefined });
  };

type Living = { readonly parts: KeeperParts; readonly scans: () => boolean };

const runOf = (of: KeptChannel, { parts, scans }: Living, pool: Pool, life: Life): ChannelRun => ({
  ...{ pool: mortal(life, pool), ledger: mortal(life, parts.ledger), mappings: mappingsOf(parts.channels) },
  reviews: () => Promise.resolve(() => parts.unpaidMillisMax),
  ...{ log: mortal(life, parts.syncLog), findings: mortal(life, parts.findings), alerts: parts.alerts ?? nobody },
  ...{ digest, now: () => millisOf(parts.clock.now()), sleep: mortal(life, parts.clock).sleep },
  ...{ channel: connectionOf(of, parts), port: mortal<ChannelPort<KeptOrder>>(life, of.port) },
  ...{ signal: new AbortController().signal, mayWrite: () => Promise.resolve() },
  onRestored: (detail) => Promise.reject(new Error(`${of.channel} went back: ${detail}`)),
  onTrouble: (what, error) => {
    if (!life.isOver()) throw new Error(what, { cause: error });
  },
  // The circuit breaker rests by the machine's clock, which has nothing to do with the time here.
  guard: { ...guardDefaults, restMillis: 1 },
  scans,
});

const startLife = async (living: Living, pool: Pool, onEnd: () => void): Promise<Keeper> => {
  const { parts } = living;
  const life = beginLife();
  const running = new Map<string, RunningChannel>(
    parts.channels.map((of) => [of.channel, runChannel(runOf(of, living, pool, life))]),
  );
  const following = await parts.ledger.follow(async (pairs) => {
    const hearing = hearPairs(mortal(life, pool), pairs, millisOf(parts.clock.now())).then(({ due }) => due);
    const channels = await Promise.race([hearing, life.ended.then(() => [])]);
    for (const channel of channels) running.get(channel)?.wake();
  });
  return {
    hint: (channel, orders) => running.get(channel)?.hint(orders),
    kill: () => {
      life.end();
      void following.stop();
      onEnd();
    },
  };
};

/** Ends the connections of a life, as its end would have: what they have not committed is undone. */
const endConnections = (owner: Pool, name: string): Promise<unknown> =>
  owner.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [name],
  );

export const openWorkers = async (): Promise<WorkerHouse> => {
  const database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  const owner = createPool({ url: database.url, applicationName: 'week-owner', max: 1 });
  let lives = 0;
  let present: { readonly pool: Pool; readonly isOver: () => boolean } | undefined;
  const statements = (): readonly string[] =>
    present?.isOver() === false && isBusy(present.pool) ? [`statements of life ${lives}`] : [];
  return {
    begin: (parts, { scans } = { scans: () => true }) => {
      lives += 1;
      const applicationName = `week-${lives}`;
      const pool = createPool({ url, applicationName, max: connectionsMax });
      let over = false;
      present = { pool, isOver: () => over };
      if (lives === 1) parts.waitFor(statements);
      return startLife({ parts, scans }, pool, () => {
        over = true;
        void endConnections(owner, applicationName);
      });
    },
    close: async () => {
      if (present?.isOver() === false) await endConnections(owner, `week-${lives}`);
      await owner.end();
      await database.drop();
    },
  };
};
