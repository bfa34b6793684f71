import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelPort } from '#channel-kit';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { bazaarWorld, type BazaarWorld } from '../../../../test/channels/bazaar/testing/server-world.js';
import { createScriptedLedger, type ScriptedLedger } from '../../testing/scripted-ledger.js';
import type { Alert, Finding, KeptOrder, SyncEntry } from '../contracts/index.js';
import { channelsModule, hearPairs } from '../store/index.js';
import { guardDefaults } from '../worker/guarded-port.js';
import { runChannel } from '../worker/run-channel.js';

/* A channel at a shop that compares before it sets, where somebody is quicker than our write. */

let database: TestDatabase;
let pool: Pool;
const stops: (() => Promise<void>)[] = [];
const { sleep } = createClock();
const sku = 'mug';

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'conflict-test', max: 6 });
}, 60_000);
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

type Noted = { readonly alerts: Alert[]; readonly findings: Finding[]; readonly entries: SyncEntry[] };
type Scene = Noted & {
  readonly world: BazaarWorld;
  readonly offer: string;
  readonly say: (shown: number) => Promise<void>;
  readonly shown: () => number | undefined;
  /** Writes of the offer as they were logged, with the figure that was read before. */
  readonly writes: () => readonly (readonly [outcome: string, code: string, payload: unknown])[];
};

const running = (channel: string, world: BazaarWorld, ledger: ScriptedLedger, noted: Noted, changed: Changed) => {
  const stopping = new AbortController();
  const [offer = ''] = world.rows;
  const port = { ...world.port, capabilities: { ...world.port.capabilities, ...changed } };
  const run = runChannel({
    ...{ pool, ledger, sleep, now: Date.now, signal: stopping.signal },
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    mappings: () => Promise.resolve({ mappings: [{ listing: offer, sku, unitsPerSale: 1 }], next: undefined }),
    reviews: () => Promise.resolve(() => undefined),
    log: { write: (some) => Promise.resolve(void noted.entries.push(...some)) },
    alerts: {
      raise: (alert) => Promise.resolve(void noted.alerts.push(alert)),
      settle: () => Promise.resolve(),
      subjects: () => Promise.resolve([]),
    },
    findings: { note: (some) => Promise.resolve(void noted.findings.push(...some)) },
    channel: {
      ...{ channel, connection: 'shop', kind: 'bazaar', settings: {}, ladder: { rung: 'live' } },
      ...{ pausedFor: undefined, revision: 1 },
    },
    port: port as unknown as ChannelPort<KeptOrder>,
    mayWrite: () => Promise.resolve(),
    onRestored: () => Promise.resolve(),
    onTrouble: (_what, error) => expect.unreachable(String(error)),
    guard: guardDefaults,
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await run.stopped;
  };
  return { wake: run.wake, stop };
};

type Changed = Partial<BazaarWorld['port']['capabilities']>;

/** The ledger says 10, and so does the offer. */
const open = async (channel: string, changed: Changed = {}): Promise<Scene> => {
  const world = await bazaarWorld();
  stops.push(world.stop);
  const ledger = createScriptedLedger();
  await ledger.say(channel, sku, 10);
  const noted: Noted = { alerts: [], findings: [], entries: [] };
  const run = running(channel, world, ledger, noted, changed);
  stops.push(run.stop);
  const following = await ledger.follow(async (pairs) => {
    await hearPairs(pool, pairs, Date.now());
    run.wake();
  });
  stops.push(following.stop);
  const [offer = ''] = world.rows;
  return {
    ...noted,
    ...{ world, offer },
    say: (shown) => ledger.say(channel, sku, shown),
    shown: () => world.server.market.offers.find(offer)?.amount,
    writes: () =>
      noted.entries
        .filter(({ operation, externalId }) => operation === 'write_stock' && externalId === offer)
        .map(({ outcome, code, payload }) => [outcome, code, payload]),
  };
};

describe('a write that comes second', () => {
  it('is no failure: the row is read again, and written on what it shows by then', async () => {
    const { world, offer, say, shown, writes, alerts, findings } = await open('sold');
    world.beforeNextWrite(() => void world.server.market.orders.place([{ offer, units: 1 }]));
    await say(7);
    await expect.poll(shown, { timeout: 20_000 }).toBe(7);
    await expect.poll(writes, { timeout: 20_000 }).toEqual([
      ['skipped', 'conflict', { quantity: 7, read: 10, target: 7 }],
      ['done', 'written', { quantity: 7, read: 9, target: 7 }],
    ]);
    expect([alerts, findings]).toEqual([[], []]);
  });

  it('has its row read again, though the target is meanwhile what was read before', async () => {
    const { world, offer, say, shown, writes, alerts, findings } = await open('typed');
    let said: Promise<void> | undefined;
    world.beforeNextWrite(() => {
      world.server.market.offers.typeIn(offer, 15);
      said = say(10);
    });
    await say(9);
    await expect.poll(writes, { timeout: 20_000 }).toEqual([
      ['skipped', 'conflict', { quantity: 9, read: 10, target: 9 }],
      ['done', 'written', { quantity: 10, read: 15, target: 10 }],
    ]);
    await said;
    expect([shown(), alerts]).toEqual([10, []]);
    expect(findings).toMatchObject([{ kind: 'above', read: 15, row: offer }]);
  });

  it('control: where the connector does not say that it compares, it is a refusal, and a person is told', async () => {
    const { world, offer, say, shown, writes, alerts } = await open('silent', { comparesAndSets: false });
    world.beforeNextWrite(() => void world.server.market.orders.place([{ offer, units: 1 }]));
    await say(7);
    await expect.poll(() => alerts, { timeout: 20_000 }).toMatchObject([{ code: 'row_refused', subject: offer }]);
    expect(writes()).toMatchObject([['failed', 'conflict', {}]]);
    expect(shown()).toBe(9);
  });
});
