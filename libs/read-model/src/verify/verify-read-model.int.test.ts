import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '#event-sourcing';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logArbitrary, logOf } from '../../testing/arbitrary-log.js';
import type { Step } from '../../testing/log-steps.js';
import { projectAll } from '../../testing/project.js';
import { storeOf } from '../../testing/store-of.js';
import { verifyReadModel } from './verify-read-model.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const verified = (log: readonly RecordedEvent[]) => verifyReadModel({ pool: database.pool, store: storeOf(log) });

const step = (kind: Step['kind'], more: Partial<Step> = {}): Step => ({
  ...{ kind, sku: 0, location: 0, channel: 0, quantity: 5, ref: 0, lateMillis: 0, flag: true },
  ...more,
});

/** Something in every table: stock, a hold, a fence, a committed line and one that is owed. */
const log = logOf([
  step('receive', { flag: false }),
  step('fence'),
  step('reserve'),
  step('commit', { ref: 1 }),
  step('commit', { ref: 2, flag: false }),
  step('note'),
]);

describe('verify', () => {
  it('finds nothing broken in what the projections made of any log', async () => {
    await fc.assert(
      fc.asyncProperty(logArbitrary, async (any) => {
        await projectAll(database.pool, any, [11]);
        const { events, broken } = await verified(any);
        expect({ events, broken }).toEqual({ events: any.length, broken: [] });
        await database.reset();
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['fold.balance', 'UPDATE fold_1.balance SET sellable = sellable + 1'],
    ['fold.balance', 'UPDATE fold_1.fence SET quantity = quantity + 1'],
    ['fold.balance', `DELETE FROM fold_1.balance WHERE location = 'wh1'`],
    ['fold.head', 'UPDATE fold_1.head SET revision = revision - 1'],
    ['fold.hold', 'UPDATE fold_1.hold SET quantity = quantity + 1'],
    ['fold.held', 'UPDATE fold_1.held SET quantity = quantity + 1'],
    ['fold.held_by_listing', 'UPDATE fold_1.held_by_listing SET quantity = quantity + 1'],
    ['fold.owed', 'DELETE FROM fold_1.owed'],
    ['fold.transit', `INSERT INTO fold_1.transit SELECT sku, 'none', 'wh1', 1 FROM fold_1.head`],
    ['fold.owed', `INSERT INTO fold_1.owed SELECT sku, channel, 'none', line, 1, paid, placed_at, 0 FROM fold_1.owed`],
    ['history.entry', 'DELETE FROM history_1.entry WHERE revision = 1'],
    ['history.entry', 'UPDATE history_1.entry SET physical_delta = physical_delta + 1 WHERE revision = 0'],
    ['index.stream', 'UPDATE index_1.stream SET revision = revision + 1'],
    ['index: stands at', `UPDATE read.checkpoint SET position = position - 1 WHERE name = 'index'`],
  ])('control: sees that %s is wrong after %s', async (what, tampering) => {
    await projectAll(database.pool, log);
    expect((await verified(log)).broken).toEqual([]);
    await database.pool.query(tampering);
    const { broken } = await verified(log);
    expect(broken.length).toBeGreaterThan(0);
    for (const line of broken) expect(line).toContain(what);
  });

  const changed = (index: number, change: (event: RecordedEvent) => RecordedEvent): readonly RecordedEvent[] =>
    log.map((event, at) => (at === log.length + index ? change(event) : event));

  it.each([
    ['revision 5 was to come', changed(-1, (event) => ({ ...event, revision: 7 }))],
    [
      'recorded before its predecessor',
      changed(-1, (event) => ({ ...event, metadata: { ...event.metadata, recordedAt: '2020-01-01T00:00:00.000Z' } })),
    ],
    ['open lines', changed(-2, (event) => ({ ...event, data: { ...event.data, parts: [] } }))],
    ['open holds', changed(-4, (event) => ({ ...event, data: { ...event.data, parts: [] } }))],
    [
      'without a positive whole quantity',
      changed(-6, (event) => ({
        ...event,
        data: { ...event.data, parts: [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: -5 }] },
      })),
    ],
  ])('control: sees a log in which is wrong: %s', async (what, broken) => {
    await projectAll(database.pool, log);
    expect((await verified(broken)).broken.filter((line) => line.includes(what))).not.toEqual([]);
  });
});
