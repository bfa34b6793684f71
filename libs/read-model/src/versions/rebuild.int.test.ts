import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '#event-sourcing';
import type { Pool } from '#postgres';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { generateOrders } from '../../testing/generate-orders.js';
import { liveOver, readAnnounced } from '../../testing/live.js';
import { projectAll } from '../../testing/project.js';
import { storeOf } from '../../testing/store-of.js';
import { checkpointAfter } from '../projection/projection.js';
import { liveProjection } from './live-projection.js';
import { rebuildOutdated } from './outdated.js';
import { rebuild } from './rebuild.js';
import { createNextVersion, liveVersionOf, projectionNames } from './versions.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const log = generateOrders({ events: 1_000, skus: 20, seed: 1 });

const schemas = async (): Promise<readonly string[]> => {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname ~ '_[0-9]+$' AND nspname ~ '^(fold|history|index)' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('rebuild', () => {
  it('ends in rows equal to the live ones, switches, and drops what was live', async () => {
    const { pool } = database;
    await projectAll(pool, log, [33, 500]);
    const { queries } = liveOver(pool, log);
    const before = await queries.stockAt({ knownAt: '2030-01-01T00:00:00.000Z' }, { limit: 100 });
    for (const name of projectionNames) {
      const rebuilt = await rebuild({ pool, store: storeOf(log), name });
      expect(rebuilt).toEqual({ version: 2, position: log.at(-1)?.position, differences: new Map() });
    }
    expect(await schemas()).toEqual(['fold_2', 'history_2', 'index_2']);
    expect(await queries.stockAt({ knownAt: '2030-01-01T00:00:00.000Z' }, { limit: 100 })).toEqual(before);
    expect(before.rows).toHaveLength(20);
  });

  it('reports what differs and has it announced anew', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    await pool.query(`UPDATE fold_1.balance SET sellable = sellable + 7 WHERE sku = 'S3'`);
    await pool.query(`UPDATE fold_1.head SET revision = revision + 1 WHERE sku = 'S4'`);
    const { drain, queries } = liveOver(pool, log);
    await drain();
    const told = await readAnnounced(pool);
    const { differences } = await rebuild({ pool, store: storeOf(log), name: 'fold' });
    expect(differences).toEqual(
      new Map([
        ['balance', ['S3']],
        ['head', ['S4']],
      ]),
    );
    const { rows } = await pool.query('SELECT sku FROM read.due ORDER BY sku');
    expect(rows).toEqual([{ sku: 'S3' }, { sku: 'S4' }]);
    await drain();
    const corrected = await queries.changes({ after: Math.max(...told.map(({ sequence }) => sequence)), limit: 10 });
    expect(new Set(corrected.map(({ sku }) => sku))).toEqual(new Set(['S3']));
  });

  it('meets a log that grows and a live projection that goes on, before and after the switch', async () => {
    const { pool } = database;
    const growing: RecordedEvent[] = log.slice(0, 700);
    await projectAll(pool, growing);
    const store = storeOf(growing);
    const { queries, drain } = liveOver(pool, growing);
    const asking = new AbortController();
    const feeding = (async () => {
      const live = liveProjection(pool, 'fold');
      let checkpoint = await live.checkpoint();
      let moved = 0;
      for (let end = 701; end <= log.length;) {
        growing.push(...log.slice(growing.length, end));
        const events = growing.slice(Number(checkpoint?.position ?? 0));
        const applied = await live.apply(events, checkpoint, checkpointAfter(events));
        if (applied === 'applied') end += 1;
        else moved += 1;
        checkpoint = await live.checkpoint();
      }
      return moved;
    })();
    const reading = (async () => {
      let answers = 0;
      while (!asking.signal.aborted) {
        const answer = await queries.availability('dotcom', ['S0', 'S1']);
        expect(answer).toMatchObject({ kind: 'found', answer: { missing: [] } });
        answers += 1;
      }
      return answers;
    })();
    for (let version = 2; version <= 5; version++) {
      const rebuilt = await rebuild({ pool, store, name: 'fold' });
      expect(rebuilt).toMatchObject({ version, differences: new Map() });
    }
    await feeding;
    asking.abort();
    expect(await reading).toBeGreaterThan(0);
    expect(await schemas()).toEqual(['fold_5', 'history_1', 'index_1']);
    expect((await rebuild({ pool, store, name: 'fold' })).differences).toEqual(new Map());
    await drain();
    const { rows } = await pool.query(`SELECT max(position) AS position FROM fold.head`);
    expect(rows).toEqual([{ position: log.length }]);
  });

  it('that fails leaves the live version alone and nothing of its own', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    const broken = log.map((event, index) => (index === 500 ? { ...event, type: 'StockTeleported' } : event));
    await expect(rebuild({ pool, store: storeOf(broken), name: 'fold' })).rejects.toMatchObject({
      stops: 'unknown_event_type',
    });
    expect(await liveVersionOf(pool, 'fold')).toBe(1);
    expect(await schemas()).toEqual(['fold_1', 'history_1', 'index_1']);
  });

  it('of an empty log switches too', async () => {
    expect(await rebuild({ pool: database.pool, store: storeOf([]), name: 'index' })).toEqual({
      version: 2,
      differences: new Map(),
    });
  });
});

describe('tables of an older release', () => {
  const ofOlderRelease = (pool: Pool): Promise<unknown> =>
    pool.query(`
      ALTER TABLE history_1.entry DROP COLUMN position CASCADE;
      UPDATE read.projection SET shape = NULL WHERE name = 'history'`);
  const withOlderFold = (pool: Pool): Promise<unknown> =>
    pool.query(`
      ALTER TABLE fold_1.location DROP COLUMN kind CASCADE, DROP COLUMN state CASCADE;
      ALTER TABLE fold_1.channel DROP COLUMN buffer CASCADE, DROP COLUMN cap CASCADE;
      UPDATE read.projection SET shape = 'another' WHERE name = 'fold'`);

  it('are built anew before anything is written into them; those of this release stay', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    const store = storeOf(log);
    const whole = { limit: 100 };
    const before = await liveOver(pool, log).queries.stockAt({}, whole);
    await ofOlderRelease(pool);
    const told = new Set<string>();
    await rebuildOutdated({ pool, store, onProgress: (name) => told.add(name) });
    expect([...told]).toEqual(['history']);
    expect(await schemas()).toEqual(['fold_1', 'history_2', 'index_1']);
    expect((await liveOver(pool, log).queries.stockAt({}, whole)).rows).toEqual(before.rows);
    expect((await pool.query('SELECT sku FROM read.due WHERE priority = 2')).rows).toEqual([]);
    await rebuildOutdated({ pool, store });
    expect(await schemas()).toEqual(['fold_1', 'history_2', 'index_1']);
  });

  it('of the fold are built anew without anything being announced', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    const { drain, queries } = liveOver(pool, log);
    await drain();
    const told = await queries.lastSequence();
    await withOlderFold(pool);
    await rebuildOutdated({ pool, store: storeOf(log) });
    expect(await schemas()).toEqual(['fold_2', 'history_1', 'index_1']);
    await drain();
    expect(await queries.lastSequence()).toBe(told);
    expect(await queries.availability('dotcom', ['S0'])).toMatchObject({ kind: 'found', answer: { missing: [] } });
  });

  it('are built anew once, however many start at once, and over what a killed rebuild has left behind', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    const store = storeOf(log);
    await createNextVersion(pool, 'history');
    await createNextVersion(pool, 'history');
    await ofOlderRelease(pool);
    await Promise.all([1, 2, 3].map(() => rebuildOutdated({ pool, store })));
    expect(await schemas()).toEqual(['fold_1', 'history_2', 'index_1']);
    const { rows } = await pool.query('SELECT name, version FROM read.checkpoint ORDER BY name');
    expect(rows).toEqual([
      { name: 'fold', version: 1 },
      { name: 'history', version: 2 },
      { name: 'index', version: 1 },
    ]);
  });

  it('stay as they are when that fails', async () => {
    const { pool } = database;
    await projectAll(pool, log);
    await ofOlderRelease(pool);
    const broken = log.map((event, index) => (index === 500 ? { ...event, type: 'StockTeleported' } : event));
    await expect(rebuildOutdated({ pool, store: storeOf(broken) })).rejects.toMatchObject({
      stops: 'unknown_event_type',
    });
    expect(await schemas()).toEqual(['fold_1', 'history_1', 'index_1']);
  });
});
