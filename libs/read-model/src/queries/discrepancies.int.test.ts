import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, millisOf } from '#event-sourcing';
import type { Instant, RecordedEvent } from '#event-sourcing';
import { factContentOf, stockDecider } from '#stock';
import type { FactCommand, IssueStock, StockPolicy, StockState } from '#stock';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logBuilder } from '../../testing/log-builder.js';
import { project, projectAll } from '../../testing/project.js';
import { projectionOf } from '../versions/projection-of.js';
import { compareVersions } from '../versions/compare.js';
import { createNextVersion } from '../versions/versions.js';
import { discrepancyQueries } from './discrepancies.js';
import type { Discrepancy, DiscrepancyFilter } from './types.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const now: Instant = '2026-03-10T12:00:00.000Z';
const location = (name: string, author: string) =>
  [name, { location: name, author, authors: {}, kind: 'own', state: 'open', revision: 0 }] as const;
const channel = { channel: 'web', connection: 'web_shop', locations: ['wh1'], reservationTtlMillis: 60_000 };
const policy: StockPolicy = {
  channels: new Map([['web', { ...channel, splitCarts: false, revision: 0 }]]),
  locations: new Map([location('wh1', 'wms'), location('floor', 'till'), location('office', 'erp')]),
};

type Told = {
  readonly connection: 'wms' | 'till' | 'erp';
  readonly sku: string;
  readonly key: string;
  readonly version: number;
};
const toldArbitrary: fc.Arbitrary<Told> = fc.record({
  connection: fc.constantFrom('wms', 'till', 'erp'),
  sku: fc.constantFrom('A', 'B'),
  key: fc.constantFrom('k1', 'k2', 'k3', 'k4'),
  version: fc.integer({ min: 1, max: 3 }),
});
const nameOf = ({ connection, sku, key }: Told): string => `${connection}-${sku}-${key}`;

/** One version says one thing: all that a fact says follows from its key and version. */
const factOf = (told: Told): IssueStock => {
  const { connection, sku, key, version } = told;
  const number = Number(key.slice(1));
  const hours = (connection.length * 7 + number * 11 + version * 5) % 40;
  const fact: Omit<IssueStock, 'hash'> = {
    ...{ kind: 'issue', connection, sourceKey: `${sku}-${key}`, sourceVersion: version, location: 'wh1' },
    quantity: (connection.length + number + version * 2) % 4,
    occurredAt: instantOf(millisOf(now) - hours * 3_600_000),
    ...(number === 1 && { order: { channel: 'web', orderKey: 'o1', line: '1' } }),
    ...(number === 2 && { document: 'DN-1' }),
  };
  return { ...fact, hash: JSON.stringify(factContentOf(fact)) };
};

/** What the ledger makes of facts that arrive in this order. */
const logOf = (facts: readonly Told[]): readonly RecordedEvent[] => {
  const log = logBuilder();
  const states = new Map<string, StockState>();
  for (const told of facts) {
    const state = states.get(told.sku) ?? stockDecider.initialState();
    const command: FactCommand = factOf(told);
    const decision = stockDecider.decide(
      { command, now, policy, known: { facts: new Map(), elsewhere: new Map() } },
      state,
    );
    if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
    states.set(told.sku, decision.events.reduce(stockDecider.evolve, state));
    for (const event of decision.events)
      log.add(`stock-${told.sku}`, event, { occurredAt: event.occurredAt, recordedAt: now });
  }
  return log.events;
};

const listed = async (filter: DiscrepancyFilter = {}, limit = 1_000): Promise<readonly Discrepancy[]> => {
  const { discrepancies } = discrepancyQueries(database.pool);
  const rows: Discrepancy[] = [];
  for (let after: string | undefined; ;) {
    const page = await discrepancies(
      { limit, ...(after !== undefined && { after }) },
      { at: '2026-04-01T00:00:00.000Z', ...filter },
    );
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    after = page.next;
  }
};
const listOf = async (facts: readonly Told[], sizes?: readonly number[]): Promise<readonly Discrepancy[]> => {
  await projectAll(database.pool, logOf(facts), sizes);
  const rows = await listed();
  await database.reset();
  return rows;
};

/** The newest version of every fact, once. */
const settled = (facts: readonly Told[]): readonly Told[] => {
  const byVersion = facts.toSorted((one, other) => one.version - other.version);
  const newest = new Map(byVersion.map((told) => [nameOf(told), told]));
  return [...newest.values()].toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
};

const said = fc.array(toldArbitrary, { minLength: 1, maxLength: 25 });

describe('the discrepancies', () => {
  it('end as the same list whatever comes first, late or twice, and in whatever batches', async () => {
    const arriving = said.chain((facts) => fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }));
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(arriving, sizes, async (facts, batches) => {
        const list = await listOf(facts, batches);
        expect(list).toEqual(await listOf(settled(facts)));
        rows += list.length;
      }),
      { numRuns: 25 },
    );
    expect(rows).toBeGreaterThan(0);
  });

  it('control: a fact that is lost is another list', async () => {
    const facts: readonly Told[] = [
      { connection: 'erp', sku: 'A', key: 'k2', version: 1 },
      { connection: 'wms', sku: 'A', key: 'k2', version: 1 },
    ];
    expect(await listOf(facts)).toEqual([]);
    expect(await listOf(facts.slice(0, 1))).toMatchObject([{ connection: 'erp', sku: 'A', author: 0 }]);
  });

  it('are of facts that a rebuild writes as the live version did', async () => {
    await fc.assert(
      fc.asyncProperty(said, async (facts) => {
        const log = logOf(facts);
        await projectAll(database.pool, log, [3, 1]);
        const clean = await createNextVersion(database.pool, 'history');
        await project(projectionOf(database.pool, clean), log);
        const differences = await compareVersions(database.pool, { name: 'history', version: 1 }, clean);
        expect([...differences]).toEqual([]);
        await database.reset();
      }),
      { numRuns: 10 },
    );
  });

  it('are the same page by page, and of one SKU or witness a part of all', async () => {
    const keys = ['k1', 'k2', 'k3', 'k4'];
    const facts = (['till', 'erp'] as const).flatMap((connection) =>
      ['A', 'B'].flatMap((sku) => keys.map((key): Told => ({ connection, sku, key, version: 1 }))),
    );
    await projectAll(database.pool, logOf(facts));
    const all = await listed();
    expect(all.length).toBeGreaterThan(8);
    for (const limit of [1, 2, 5]) expect(await listed({}, limit)).toEqual(all);
    expect(await listed({ sku: 'B' }, 1)).toEqual(all.filter(({ sku }) => sku === 'B'));
    expect(await listed({ connection: 'erp' })).toEqual(all.filter(({ connection }) => connection === 'erp'));
    expect(await listed({ location: 'floor' })).toEqual([]);
  });

  it('look through so many facts a page, and go on', async () => {
    await database.pool.query(`
      INSERT INTO history_1.fact
      SELECT 'S' || lpad(n::text, 5, '0'), 'issue', by, 'k', 1, by = 'erp', 'wh1', -1, NULL, NULL, NULL, NULL, '${now}', '${now}'
      FROM generate_series(1, 10001) AS n, unnest(ARRAY['wms', 'erp']) AS by
      WHERE n < 10001 OR by = 'erp'`);
    const { discrepancies } = discrepancyQueries(database.pool);
    const first = await discrepancies({ limit: 10 }, { at: '2026-04-01T00:00:00.000Z' });
    expect(first).toMatchObject({ rows: [], next: expect.any(String) as string });
    expect(await listed()).toMatchObject([{ sku: 'S10001', connection: 'erp', said: -1 }]);
  });

  it('wait a day for the author', async () => {
    await projectAll(database.pool, logOf([{ connection: 'erp', sku: 'A', key: 'k4', version: 1 }]));
    expect(await listed({ at: '2026-03-11T11:59:59.999Z' })).toEqual([]);
    expect(await listed({ at: '2026-03-11T12:00:00.000Z' })).toHaveLength(1);
  });
});
