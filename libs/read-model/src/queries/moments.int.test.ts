import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, millisOf } from '#event-sourcing';
import type { Instant, RecordedEvent } from '#event-sourcing';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logArbitrary, logOf } from '../../testing/arbitrary-log.js';
import { skus, stepArbitrary } from '../../testing/log-steps.js';
import { recordedAtOf } from '../../testing/log-builder.js';
import { projectAll } from '../../testing/project.js';
import { storeOf } from '../../testing/store-of.js';
import { addPart, fencedOf, noCounts, physicalDeltaOf } from '../balances/counts.js';
import { asStockEvent, skuOf } from '../events/ledger-event.js';
import { bucketsOf } from './buckets.js';
import { cursorOf } from './cursor.js';
import { createQueries } from './create-queries.js';
import type { BalanceAt, HistoryRow, Moment, Page, PageRequest, Queries } from './types.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const projected = async (log: readonly RecordedEvent[]): Promise<Queries> => {
  await projectAll(database.pool, log, [7, 30]);
  return createQueries({ pool: database.pool, store: storeOf(log) });
};

const stockEvents = (log: readonly RecordedEvent[]) => log.filter(({ stream }) => stream.startsWith('stock-'));

/** What the answer should be, from the events alone, one at a time. */
const naively = (log: readonly RecordedEvent[], { knownAt = '9', happenedAt }: Moment): readonly BalanceAt[] => {
  const places = new Map<
    string,
    { sku: string; location: string; counts: ReturnType<typeof noCounts>; onHand: number }
  >();
  for (const event of stockEvents(log)) {
    if (event.metadata.recordedAt > knownAt) continue;
    if (happenedAt !== undefined && event.metadata.occurredAt > happenedAt) continue;
    const sku = skuOf(event.stream);
    for (const part of asStockEvent(event).data.parts) {
      const key = `${sku} ${part.location}`;
      const place = places.get(key) ?? { sku, location: part.location, counts: noCounts(), onHand: 0 };
      addPart(place.counts, part);
      place.onHand += physicalDeltaOf(part);
      places.set(key, place);
    }
  }
  const byKey = (a: { sku: string; location: string }, b: { sku: string; location: string }): number =>
    Buffer.compare(Buffer.from(a.sku), Buffer.from(b.sku)) || (a.location < b.location ? -1 : 1);
  const rows = [...places.values()].sort(byKey);
  return happenedAt === undefined
    ? rows.map(({ sku, location, counts }) => ({
        ...{ sku, location, basis: 'all' },
        ...bucketsOf({ ...counts, fenced: fencedOf(counts) }),
      }))
    : rows
        .filter(({ location }) => !location.startsWith('unsourced:'))
        .map(({ sku, location, onHand }) => ({ sku, location, basis: 'on_hand', onHand }));
};

const allPages = async <Row>(read: (page: PageRequest) => Promise<Page<Row> | undefined>, limit: number) => {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page: Page<Row> | undefined = await read({ after, limit });
    rows.push(...(page?.rows ?? []));
    after = page?.next;
  } while (after !== undefined);
  return rows;
};

/** A moment somewhere in the log, before or after it. */
const momentArbitrary: fc.Arbitrary<Instant> = fc
  .integer({ min: -50, max: 140 })
  .map((millis) => instantOf(millisOf(recordedAtOf(0)) + millis));

describe('stock at a moment', () => {
  it('is what the events known and happened by then add up to, page by page', async () => {
    const optional = fc.option(momentArbitrary, { nil: undefined });
    await fc.assert(
      fc.asyncProperty(logArbitrary, optional, optional, fc.integer({ min: 1, max: 4 }), async (log, k, h, limit) => {
        const queries = await projected(log);
        const moment = { knownAt: k, happenedAt: h };
        const expected = naively(log, moment);
        expect(await allPages((page) => queries.stockAt(moment, page), limit)).toEqual(expected);
        for (const sku of skus) {
          const opened = log.some(({ stream }) => stream === `stock-${sku}`);
          const answer = await queries.stockOfAt(sku, moment);
          expect(answer?.locations).toEqual(opened ? expected.filter((row) => row.sku === sku) : undefined);
        }
        await database.reset();
      }),
      { numRuns: 25 },
    );
  });

  it('rests on what the first page knew, whatever is stored between two pages, be it recorded before', async () => {
    const optional = fc.option(momentArbitrary, { nil: undefined });
    const steps = fc.array(stepArbitrary, { minLength: 20, maxLength: 60, size: 'max' });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(steps, optional, optional, fc.integer({ min: 20, max: 90 }), async (taken, k, h, percent) => {
        const { pool } = database;
        const log = logOf(taken);
        const early = log.slice(0, Math.ceil((log.length * percent) / 100));
        await projectAll(pool, early);
        const queries = createQueries({ pool, store: storeOf(log) });
        const moment = { knownAt: k, happenedAt: h };
        const expected = naively(early, moment);
        const first = await queries.stockAt(moment, { limit: 1 });
        await projectAll(pool, log);
        const later = (page: PageRequest) => queries.stockAt({}, { ...page, after: page.after ?? first.next });
        const rest = first.next === undefined ? [] : await allPages(later, 2);
        expect([...first.rows, ...rest]).toEqual(expected);
        if (rest.length > 0 && JSON.stringify(naively(log, moment)) !== JSON.stringify(expected)) told += 1;
        await database.reset();
      }),
      { numRuns: 25 },
    );
    expect(told).toBeGreaterThan(0);
  });

  it('says which moment it used and how far the history went', async () => {
    const queries = await projected([]);
    const { moment } = await queries.stockAt({}, { limit: 1 });
    expect(Object.keys(moment)).toEqual(['knownAt']);
    expect(millisOf(moment.knownAt)).toBeGreaterThan(millisOf(recordedAtOf(0)));
  });

  it('control: the naive answer tells one moment from the next', () => {
    fc.assert(
      fc.property(logArbitrary, (log) => {
        const last = stockEvents(log).findLast((event) => asStockEvent(event).data.parts.length > 0);
        fc.pre(last !== undefined);
        const before = instantOf(millisOf(last.metadata.recordedAt) - 1);
        expect(naively(log, { knownAt: before })).not.toEqual(naively(log, {}));
      }),
    );
  });
});

describe('the history of a SKU', () => {
  it('has every event once with what it left behind, in both directions and pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(logArbitrary, fc.integer({ min: 1, max: 5 }), async (log, limit) => {
        const queries = await projected(log);
        for (const sku of skus) {
          const events = log.filter(({ stream }) => stream === `stock-${sku}`);
          const read = (direction: 'asc' | 'desc') =>
            allPages<HistoryRow>((page) => queries.historyOf(sku, { ...page, direction }), limit);
          const forwards = await read('asc');
          expect(forwards.map(({ event }) => event)).toEqual(events);
          expect((await read('desc')).toReversed()).toEqual(forwards);
          for (const { event, after } of forwards) expectLeftBehind(log, event, after);
        }
        await database.reset();
      }),
      { numRuns: 10 },
    );
  });

  const expectLeftBehind = (log: readonly RecordedEvent[], event: RecordedEvent, after: HistoryRow['after']): void => {
    const upTo = naively(
      log.filter(({ position }) => position <= event.position),
      {},
    ).filter(({ sku }) => sku === skuOf(event.stream));
    for (const { physicalDelta, ...left } of after) {
      const parts = asStockEvent(event).data.parts.filter(({ location }) => location === left.location);
      expect(physicalDelta).toBe(parts.reduce((sum, part) => sum + physicalDeltaOf(part), 0));
      expect({ sku: skuOf(event.stream), basis: 'all', ...left }).toEqual(
        upTo.find(({ location }) => location === left.location),
      );
    }
    const touched = new Set(asStockEvent(event).data.parts.map(({ location }) => location));
    expect(new Set(after.map(({ location }) => location))).toEqual(touched);
  };

  it('is undefined for a SKU never seen, and refuses a cursor that is not its own', async () => {
    const queries = await projected([]);
    expect(await queries.historyOf('A', { limit: 10 })).toBeUndefined();
    expect(await queries.stockOfAt('A', {})).toBeUndefined();
    const at = '2026-01-01T00:00:00.000Z';
    const forged = [
      ['A', 'wh1', '0', at, '', ''],
      ['A', 'wh1', '1e3', at, '', ''],
      ['A', 'wh1', '1', 'yesterday', '', ''],
      ['A', 'wh1', '1', '2026-01-01', '', ''],
      ['A', 'wh1', '1', at, '2025-01-01T00:00:00.000Z', ''],
      ['A', 'wh1', '1', at, '', 'infinity'],
    ].map((key) => cursorOf(...key));
    for (const after of ['nonsense', 'WyJBIl0', 'WyJcdTAwMDAiLCIiXQ', ...forged])
      await expect(queries.stockAt({}, { after, limit: 1 }), after).rejects.toThrow('cursor');
  });

  it('refuses a cursor of another moment, and takes one with its own moment repeated or left out', async () => {
    const queries = await projected([]);
    const [knownAt, happenedAt] = ['2026-01-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
    const after = cursorOf('A', 'wh1', '1', knownAt, knownAt, happenedAt);
    for (const moment of [{}, { knownAt }, { happenedAt }, { knownAt, happenedAt }])
      expect((await queries.stockAt(moment, { after, limit: 1 })).moment).toMatchObject({ knownAt, happenedAt });
    for (const moment of [{ knownAt: happenedAt }, { happenedAt: knownAt }])
      await expect(queries.stockAt(moment, { after, limit: 1 })).rejects.toThrow('another moment');
  });
});
