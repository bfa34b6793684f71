import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '#postgres';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logArbitrary } from '../../testing/arbitrary-log.js';
import { generateOrders } from '../../testing/generate-orders.js';
import { liveProjections, project, projectAll } from '../../testing/project.js';
import { compareVersions } from '../versions/compare.js';
import { projectionOf } from '../versions/projection-of.js';
import { createNextVersion, projectionNames } from '../versions/versions.js';
import { checkpointAfter } from './projection.js';
import type { RecordedEvent } from '#event-sourcing';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

/** What differs between the live tables and tables built from the same log in one go. */
const differencesFromClean = async (log: readonly RecordedEvent[]): Promise<readonly unknown[]> => {
  const { pool } = database;
  const differences: unknown[] = [];
  for (const name of projectionNames) {
    const clean = await createNextVersion(pool, name);
    await project(projectionOf(pool, clean), log);
    differences.push(...(await compareVersions(pool, { name, version: 1 }, clean)));
  }
  return differences;
};

describe('batches', () => {
  it('end in the same rows whatever their sizes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(logArbitrary, sizes, async (log, batches) => {
        await projectAll(database.pool, log, batches);
        expect(await differencesFromClean(log)).toEqual([]);
        await database.reset();
      }),
      { numRuns: 15 },
    );
  });

  it('control: a row that is off by one is a difference', async () => {
    const log = generateOrders({ events: 200, skus: 5, seed: 1 });
    await projectAll(database.pool, log);
    await database.pool.query(`UPDATE fold_1.balance SET committed = committed + 1 WHERE sku = 'S3'`);
    await database.pool.query(`DELETE FROM history_1.entry WHERE sku = 'S1' AND revision = 1`);
    await database.pool.query(`UPDATE index_1.stream SET revision = revision + 1 WHERE stream = 'stock-S2'`);
    expect(await differencesFromClean(log)).toEqual([
      ['balance', ['S3']],
      ['entry', ['S1']],
      ['stream', ['stock-S2']],
    ]);
  });
});

describe('a crash at the commit', () => {
  it('leaves neither rows nor checkpoint, and the same batch counts once when it comes again', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 400, skus: 5, seed: 2 });
    const first = log.slice(0, 150);
    const second = log.slice(150);
    await projectAll(pool, first);
    for (const projection of liveProjections(pool)) {
      const { name } = projection.target;
      const apply = () => projection.apply(second, checkpointAfter(first), checkpointAfter(second));
      await failingAtCommit(name, () => expect(apply()).rejects.toThrow('no commit today'));
      expect(await projection.checkpoint()).toEqual(checkpointAfter(first));
      expect(await apply()).toBe('applied');
    }
    expect(await differencesFromClean(log)).toEqual([]);
  });

  /** A deferred trigger speaks at COMMIT, when every row of the batch has been written. */
  const failingAtCommit = async (table: string, work: () => Promise<void>): Promise<void> => {
    const rows = { fold: 'fold_1.head', history: 'history_1.entry', index: 'index_1.stream' }[table] ?? '';
    await database.pool.query(`
      CREATE FUNCTION fold_1.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no commit today'; END $$;
      CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON ${rows}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fold_1.refuse()`);
    await work();
    await database.pool.query(`DROP FUNCTION fold_1.refuse() CASCADE`);
  };
});

describe('two runners on one checkpoint', () => {
  it('exactly one of them writes each batch', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 300, skus: 5, seed: 3 });
    const runner = () => ({
      fold: projectionOf(pool, { name: 'fold', version: 1 }),
      history: projectionOf(pool, { name: 'history', version: 1 }),
      index: projectionOf(pool, { name: 'index', version: 1 }),
    });
    const runners = [runner(), runner(), runner()];
    for (const name of projectionNames) {
      for (let start = 0; start < log.length; start += 50) {
        const batch = log.slice(start, start + 50);
        const from = start === 0 ? undefined : checkpointAfter(log.slice(0, start));
        const outcomes = await Promise.all(
          runners.map((runner) => runner[name].apply(batch, from, checkpointAfter(batch))),
        );
        expect(outcomes.toSorted()).toEqual(['applied', 'checkpoint_moved', 'checkpoint_moved']);
      }
    }
    expect(await differencesFromClean(log)).toEqual([]);
  });

  it('control: a batch that is written without the comparison counts twice', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 200, skus: 5, seed: 4 });
    await projectAll(pool, log);
    await transaction(pool, (session) =>
      session.query(`UPDATE read.checkpoint SET position = NULL, event_id = NULL WHERE name = 'history'`),
    );
    await expect(projectAll(pool, log)).rejects.toThrow('duplicate key');
  });
});

describe('what stops a projection', () => {
  const [opened, ...rest] = generateOrders({ events: 60, skus: 5, seed: 5 }) as [RecordedEvent, ...RecordedEvent[]];

  it('an event of a type, or of a version, that it does not know', async () => {
    for (const unknown of [
      { ...opened, type: 'StockTeleported' },
      { ...opened, schemaVersion: 2 },
    ])
      for (const projection of liveProjections(database.pool)) {
        const events = [unknown, ...rest];
        const apply = () => projection.apply(events, undefined, checkpointAfter(events));
        await expect(apply()).rejects.toMatchObject({ stops: 'unknown_event_type' });
        expect(await projection.checkpoint()).toBeUndefined();
      }
  });

  it('a revision that is missing, within a batch and between two', async () => {
    const fold = projectionOf(database.pool, { name: 'fold', version: 1 });
    const log = [opened, ...rest];
    const lost = log.findIndex(({ stream, revision }) => stream === 'stock-S1' && revision === 1);
    const gapped = log.filter((_event, index) => index !== lost);
    const whole = fold.apply(gapped, undefined, checkpointAfter(gapped));
    await expect(whole).rejects.toMatchObject({ name: 'RevisionGapError', stops: 'log_changed' });
    await expect(project(fold, gapped, [1])).rejects.toMatchObject({ name: 'RevisionGapError', stops: 'log_changed' });
  });
});
