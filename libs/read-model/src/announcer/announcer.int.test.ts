import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, millisOf, positionOf } from '#event-sourcing';
import type { Instant, RecordedEvent } from '#event-sourcing';
import { transaction } from '#postgres';
import type { Pool } from '#postgres';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logArbitrary, logOf } from '../../testing/arbitrary-log.js';
import { channels, skus, type Step } from '../../testing/log-steps.js';
import { generateOrders } from '../../testing/generate-orders.js';
import { liveOver, readAnnounced } from '../../testing/live.js';
import type { AnnouncedRow } from '../../testing/live.js';
import { logBuilder, recordedAtOf } from '../../testing/log-builder.js';
import { project } from '../../testing/project.js';
import { storeOf } from '../../testing/store-of.js';
import { asListingEvent, asPolicyEvent, asStockEvent, kindOfEvent, skuOf } from '../events/ledger-event.js';
import type { AvailabilityRow, Change, Queries } from '../queries/types.js';
import { projectionOf } from '../versions/projection-of.js';
import { rebuild } from '../versions/rebuild.js';
import { liveProjection } from '../versions/live-projection.js';
import { checkpointAfter } from '../projection/projection.js';
import { announceRound } from './round.js';
import { recover } from './hold.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const fold = (version = 1) => projectionOf(database.pool, { name: 'fold', version });

/** What each pair should have been told, from the queries that compute at read time. */
const recomputed = async (queries: Queries, pairs: readonly AnnouncedRow[]) => {
  const rows = [];
  for (const { sku, channel } of pairs) {
    const answer = await queries.availability(channel, [sku]);
    const row = answer.kind === 'found' ? answer.answer.rows[0] : undefined;
    rows.push(row && figures(row));
  }
  return rows;
};
const figures = ({
  sku,
  channel,
  atp,
  shown,
  held,
  heldByListing,
  state,
}: AnnouncedRow | AvailabilityRow | Change) => ({
  ...{ sku, channel, atp, shown, held, heldByListing, state },
});

const byPair = (a: { sku: string; channel: string }, b: { sku: string; channel: string }): number =>
  `${a.sku}|${a.channel}` < `${b.sku}|${b.channel}` ? -1 : 1;

const expectGrowing = (changes: readonly Change[]): void => {
  changes.forEach(({ sequence }, index) => {
    if (index > 0) expect(sequence).toBeGreaterThan(changes[index - 1]?.sequence ?? 0);
  });
};

/** The pairs that must be announced, from the events: listed ones, and those of channels without listings. */
const pairsOf = (log: readonly RecordedEvent[]): ReadonlySet<string> => {
  const listed = new Map<string, { readonly sku: string; readonly channel: string }>();
  const places = new Map<string, readonly string[]>();
  const held: { readonly sku: string; readonly location: string }[] = [];
  for (const event of log) {
    const kind = kindOfEvent(event);
    const policy = asPolicyEvent(event);
    if (kind === 'listing') {
      const { channel, ids, sku } = asListingEvent(event).data;
      listed.set(JSON.stringify([channel, ids.product, ids.variant]), { sku, channel });
    } else if (kind === 'policy' && policy.type === 'ChannelDefined')
      places.set(policy.data.channel, policy.data.locations);
    else if (kind === 'stock')
      for (const { location } of asStockEvent(event).data.parts) held.push({ sku: skuOf(event.stream), location });
  }
  const opened = new Set(log.map(({ stream }) => stream));
  const withListings = new Set([...listed.values()].map(({ channel }) => channel));
  const ofListings = [...listed.values()].filter(
    ({ sku }) => opened.has(`stock-${sku}`) || opened.has(`policy-bundle-${sku}`),
  );
  const ofPlaces = held.flatMap(({ sku, location }) =>
    [...places]
      .filter(([channel, at]) => !withListings.has(channel) && at.includes(location))
      .map(([channel]) => ({ sku, channel })),
  );
  return new Set([...ofListings, ...ofPlaces].map(({ sku, channel }) => `${sku}|${channel}`));
};

const of = (sku: string, units: number) => ({ sku, units });
/** A recipe of the bundle K, over stock that is at `wh1` where b2b, without listings, sells too. */
const withBundle = () => {
  const log = logBuilder();
  const at = recordedAtOf(0);
  log.add('policy-location-wh1', {
    type: 'LocationDefined',
    occurredAt: at,
    data: { location: 'wh1', author: 'erp', authors: {} },
  });
  for (const channel of ['web', 'b2b'])
    log.add(`policy-channel-${channel}`, {
      type: 'ChannelDefined',
      occurredAt: at,
      data: { channel, connection: channel, locations: ['wh1'], reservationTtlMillis: 60_000, splitCarts: false },
    });
  const listing = { channel: 'web', ids: { product: 'k' }, sku: 'K', unitsPerSale: 1 };
  log.add('listing-web-k', { type: 'ListingMapped', occurredAt: at, data: listing });
  const receive = (sku: string, quantity: number) => {
    const fact = {
      connection: 'erp',
      kind: 'receipt',
      sourceKey: `${log.events.length}`,
      version: 1,
      hash: 'h',
    } as const;
    const parts = [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity }] as const;
    log.add(`stock-${sku}`, { type: 'StockReceived', occurredAt: at, data: { parts, fact } });
  };
  const recipe = (...components: readonly ReturnType<typeof of>[]) =>
    log.add('policy-bundle-K', { type: 'BundleRecipeSet', occurredAt: at, data: { sku: 'K', components } });
  const hold = (sku: string, quantity: number, listing: string) => {
    const parts = [{ location: 'wh1', from: 'sellable', quantity }] as const;
    const held = { quantity, parts, expiresAt: '2099-01-01T00:00:00.000Z', listing };
    const reservation = `web:${log.events.length}`;
    const data = { reservation, channel: 'web', requested: quantity, held, decidedOn: { atp: 0, policies: {} } };
    const moved = [{ ...parts[0], to: 'reserved' }] as const;
    log.add(`stock-${sku}`, { type: 'StockReserved', occurredAt: at, data: { ...data, parts: moved } });
  };
  return { log: log.events, receive, recipe, hold };
};

describe('a bundle', () => {
  const told = async (log: readonly RecordedEvent[]) => {
    const { drain, allChanges } = liveOver(database.pool, log);
    await project(fold(), log);
    await drain();
    const changes = await allChanges();
    expectGrowing(changes);
    return changes
      .filter(({ sku }) => sku === 'K')
      .map(({ channel, atp, position }) => [channel, atp, Number(position)]);
  };

  it('is announced whenever a component or its recipe changes, with a position that grows', async () => {
    const { log, receive, recipe } = withBundle();
    receive('A', 9);
    recipe(of('A', 2), of('B', 1));
    expect(await told(log)).toEqual([['web', 0, 6]]);
    receive('B', 3);
    expect((await told(log)).slice(1)).toEqual([
      ['web', 3, 7],
      ['b2b', 3, 7],
    ]);
    recipe(of('A', 4));
    expect((await told(log)).slice(3)).toEqual([
      ['web', 2, 8],
      ['b2b', 2, 8],
    ]);
    receive('B', 1);
    expect(await told(log)).toHaveLength(5);
    receive('A', 3);
    expect((await told(log)).slice(5)).toEqual([
      ['web', 3, 10],
      ['b2b', 3, 10],
    ]);
    recipe();
    expect((await told(log)).slice(7)).toEqual([
      ['web', 0, 11],
      ['b2b', 0, 11],
    ]);
  });

  it('is announced anew when a channel changes, and by a recovery', async () => {
    const { log, receive, recipe } = withBundle();
    receive('A', 9);
    recipe(of('A', 2));
    expect(await told(log)).toHaveLength(2);
    const web = log.find(({ stream }) => stream === 'policy-channel-web');
    const buffer = { units: 4, effect: 'hard' } as const;
    const data = { ...(web?.data as object), buffer };
    const next = { ...web, revision: 1, type: 'ChannelChanged', data, position: positionOf(log.length + 1) };
    expect((await told([...log, next as RecordedEvent])).slice(2)).toEqual([['web', 2, 6]]);
    await recover(database.pool);
    expect(await told([...log, next as RecordedEvent])).toHaveLength(5);
  });

  it('answers and explains what its components have, and which of them limits', async () => {
    const { log, receive, recipe } = withBundle();
    receive('A', 9);
    receive('B', 3);
    recipe(of('A', 2), of('B', 1));
    await project(fold(), log);
    const { queries } = liveOver(database.pool, log);
    const row = { sku: 'K', atp: 3, shown: 3, byLocation: [{ location: 'wh1', quantity: 3 }], acrossLocations: 0 };
    const components = [of('A', 2), of('B', 1)];
    const held = { revision: 0, position: positionOf(7), components };
    for (const channel of ['web', 'b2b'])
      expect(await queries.availability(channel, ['K', 'unheard of'])).toMatchObject({
        kind: 'found',
        answer: { rows: [{ ...row, ...held }], missing: ['unheard of'] },
      });
    expect(await queries.explain('web', 'K')).toMatchObject({
      answer: {
        ...row,
        recipe: { stream: 'policy-bundle-K', revision: 0 },
        explained: [
          {
            sku: 'A',
            units: 2,
            makes: 4,
            limits: false,
            atp: 9,
            terms: [{ quantity: 9, origin: { stream: 'stock-A' } }],
          },
          {
            sku: 'B',
            units: 1,
            makes: 3,
            limits: true,
            atp: 3,
            terms: [{ quantity: 3, origin: { stream: 'stock-B' } }],
          },
        ],
      },
    });
    const listed = await queries.availabilityOfChannel('web', { limit: 9 });
    const heldSkus = await queries.availabilityOfChannel('b2b', { limit: 9 });
    const skusOf = (answer: typeof listed) => (answer.kind === 'found' ? answer.answer.rows.map(({ sku }) => sku) : []);
    expect([skusOf(listed), skusOf(heldSkus)]).toEqual([['K'], ['A', 'B', 'K']]);
    expect(await queries.bundles({ limit: 9 })).toEqual({ rows: [{ sku: 'K', components, revision: 0 }] });
  });
});

describe('holds that name their listing', () => {
  const reserved = ({ sku = 0, ref = 0, quantity = 4 }: Partial<Step>): Step => ({
    ...{ kind: 'reserve', sku, location: 0, channel: 0, quantity, ref, lateMillis: 0, flag: true },
  });
  const received = (sku: number): Step => ({ ...reserved({ sku, quantity: 90 }), kind: 'receive', flag: false });
  const released = (ref: number): Step => ({ ...reserved({ ref }), kind: 'release' });

  /** What is told of a SKU in web, one announcement after another, as these steps come in one by one. */
  const toldOf = async (sku: string, ...steps: readonly Step[]) => {
    const told = [];
    for (let end = 1; end <= steps.length; end++) {
      const log = logOf(steps.slice(0, end));
      const { drain, allChanges } = liveOver(database.pool, log);
      await project(fold(), log);
      await drain();
      const ofSku = (await allChanges()).filter((change) => change.sku === sku && change.channel === 'web');
      told.push(ofSku.map(({ held, heldByListing }) => [held, heldByListing]));
    }
    return told.at(-1);
  };

  it('are told by listing, also when one moves to another listing and the units stay', async () => {
    expect(
      await toldOf('A', received(0), reserved({ quantity: 4 }), reserved({ ref: 1, quantity: 7 }), released(0)),
    ).toEqual([
      [0, undefined],
      [4, { '42:1': 4 }],
      [11, { '42:1': 11 }],
      [7, { '42:1': 7 }],
    ]);
    await database.reset();
    const moved = [reserved({ ref: 0, quantity: 4 }), reserved({ ref: 1, quantity: 5 })];
    const back = [reserved({ ref: 0, quantity: 5 }), reserved({ ref: 1, quantity: 4 })];
    expect(await toldOf('A', received(0), ...moved, ...back)).toEqual([
      [0, undefined],
      [4, { '42:1': 4 }],
      [9, { '42:1': 4, '42:2': 5 }],
      [10, { '42:2': 10 }],
      [9, { '42:1': 4, '42:2': 5 }],
    ]);
  });

  it('are announced anew where nothing but their listing has changed', async () => {
    const log = logOf([received(0), reserved({ quantity: 4 })]);
    const held = { quantity: 4, parts: [{ location: 'wh1', from: 'sellable', quantity: 4 }], listing: '43' };
    const last = log.at(-1);
    const data = { ...last?.data, parts: [], held: { ...(last?.data['held'] as object), ...held } };
    const moved = { ...last, revision: 2, position: positionOf(log.length + 1), data } as RecordedEvent;
    const { drain, allChanges } = liveOver(database.pool, [...log, moved]);
    await project(fold(), log);
    await drain();
    const before = (await allChanges()).length;
    await project(fold(), [...log, moved]);
    await drain();
    expect((await allChanges()).slice(before)).toMatchObject([{ channel: 'web', held: 4, heldByListing: { '43': 4 } }]);
  });

  it('count in bundles where those of every component name the listing', async () => {
    const { log, receive, recipe, hold } = withBundle();
    receive('A', 9);
    receive('B', 9);
    recipe(of('A', 2), of('B', 1));
    hold('A', 6, 'K1');
    hold('B', 2, 'K1');
    hold('B', 1, 'B1');
    await project(fold(), log);
    const { queries, drain, allChanges } = liveOver(database.pool, log);
    await drain();
    const expected = { sku: 'K', held: 3, heldByListing: { K1: 2 } };
    expect((await allChanges()).filter(({ channel }) => channel === 'web')).toMatchObject([expected]);
    expect(await queries.availability('web', ['K'])).toMatchObject({ answer: { rows: [expected] } });
    expect(await queries.explain('web', 'B')).toMatchObject({ answer: { held: 3, heldByListing: { B1: 1, K1: 2 } } });
  });
});

describe('what was announced', () => {
  it('is what availability answers at the end, for every pair, however the log came in', async () => {
    const rounds = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(logArbitrary, rounds, async (log, sizes) => {
        const { queries, drain, announcer, allChanges } = liveOver(database.pool, log);
        for (let end = 0, turn = 0; end < log.length; turn++) {
          end = Math.min(log.length, end + (sizes[turn % sizes.length] ?? 1));
          await project(fold(), log.slice(0, end));
          if (turn % 2 === 0) await announcer.step();
        }
        await drain();
        const announced = await readAnnounced(database.pool);
        expect(announced.map(figures)).toEqual(await recomputed(queries, announced));
        const pairs = new Set(announced.map(({ sku, channel }) => `${sku}|${channel}`));
        for (const pair of pairsOf(log)) expect(pairs).toContain(pair);
        const changes = await allChanges();
        expectGrowing(changes);
        const last = new Map(changes.map((change) => [`${change.sku}|${change.channel}`, change]));
        for (const row of announced) {
          const said = last.get(`${row.sku}|${row.channel}`);
          expect(said && { ...figures(said), sequence: said.sequence }).toEqual({
            ...figures(row),
            sequence: row.sequence,
          });
        }
        await database.reset();
      }),
      { numRuns: 20 },
    );
  });

  it('control: a pair that was told another number is seen', async () => {
    const log = generateOrders({ events: 100, skus: 3, seed: 1 });
    const { queries, drain } = liveOver(database.pool, log);
    await project(fold(), log);
    await drain();
    await database.pool.query(`UPDATE read.announced SET shown = shown + 1 WHERE sku = 'S1' AND channel = 'dotcom'`);
    const announced = await readAnnounced(database.pool);
    expect(announced.map(figures)).not.toEqual(await recomputed(queries, announced));
  });

  it('is said once: nothing new, nothing announced', async () => {
    const log = generateOrders({ events: 100, skus: 3, seed: 1 });
    const { drain, allChanges } = liveOver(database.pool, log);
    await project(fold(), log);
    await drain();
    const before = await allChanges();
    await database.pool.query(`INSERT INTO read.due (sku, priority) VALUES ('S0', 0), ('S1', 0), ('never', 0)`);
    await drain();
    expect(await allChanges()).toEqual(before);
    expect(before).toHaveLength(9);
  });
});

describe('terms that a SKU has of its own', () => {
  const set = (sku: string, units: number) =>
    ({
      type: 'SkuPolicySet',
      occurredAt: '2026-01-01T00:00:00.000Z',
      data: { sku, channels: { dotcom: { buffer: { effect: 'soft', units } } } },
    }) as const;

  it('make that SKU due and no other, and are announced where it shows something else', async () => {
    const log = logBuilder();
    const orders = generateOrders({ events: 100, skus: 3, seed: 1 });
    for (const { stream, type, data, metadata } of orders)
      log.add(stream, { type, data, occurredAt: metadata.occurredAt } as never, metadata);
    const { queries, drain, allChanges } = liveOver(database.pool, log.events);
    await project(fold(), log.events);
    await drain();
    const before = await allChanges();
    log.add('policy-sku-S1', set('S1', 1));
    log.add('policy-sku-never', set('never', 1));
    await project(fold(), log.events);
    const { rows: due } = await database.pool.query<{ sku: string }>('SELECT sku FROM read.due ORDER BY sku');
    const { rows: sweeps } = await database.pool.query('SELECT cause FROM read.sweep');
    expect([due, sweeps]).toEqual([[{ sku: 'S1' }, { sku: 'never' }], []]);
    await drain();
    const [said, ...more] = (await allChanges()).slice(before.length);
    const old = before.find(({ sku, channel }) => sku === 'S1' && channel === 'dotcom');
    expect(more).toEqual([]);
    expect(said && figures(said)).toEqual(old && { ...figures(old), shown: old.shown - 1 });
    const explained = await queries.explain('dotcom', 'S1');
    expect(explained).toMatchObject({
      answer: { shownTerms: [{ term: 'soft_buffer', origin: { stream: 'policy-sku-S1', revision: 0 } }] },
    });
  });
});

describe('sequences', () => {
  it('grow over a rebuild, a recovery and a lost memory of the last one; recovery says everything again', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 300, skus: 5, seed: 2 });
    const { drain, allChanges } = liveOver(pool, log);
    await project(fold(), log.slice(0, 200));
    await drain();
    await rebuild({ pool, store: storeOf(log), name: 'fold' });
    await project(fold(2), log);
    await drain();
    const before = await allChanges();
    await recover(pool);
    await drain();
    const recovered = (await allChanges()).slice(before.length);
    expect(recovered.map(figures).toSorted(byPair)).toEqual((await readAnnounced(pool)).map(figures));
    await pool.query('UPDATE read.announcer SET sequence = 0');
    await recover(pool);
    await drain();
    const all = await allChanges();
    expect(all).toHaveLength(before.length + 2 * recovered.length);
    expectGrowing(all);
  });

  it('grow from what was given last when the clock stands behind it', async () => {
    const { pool } = database;
    const ahead = Number.MAX_SAFE_INTEGER - 1_000_000;
    await pool.query('UPDATE read.announcer SET sequence = $1', [ahead]);
    const { drain, allChanges } = liveOver(pool, []);
    await project(fold(), generateOrders({ events: 50, skus: 2, seed: 2 }));
    await drain();
    expect((await allChanges())[0]?.sequence).toBe(ahead + 1);
    await pool.query('UPDATE read.announcer SET sequence = 0');
  });

  it('announcers that run at once share the work and never the order', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 2_000, skus: 600, seed: 3 });
    const many = Array.from({ length: 4 }, () => liveOver(pool, log));
    const feeding = project(fold(), log, [50]);
    for (let round = 0; round < 30; round++) await Promise.all(many.map(({ announcer }) => announcer.step()));
    await feeding;
    const { queries, drain, allChanges } = liveOver(pool, log);
    await drain();
    expectGrowing(await allChanges());
    const announced = await readAnnounced(pool);
    expect(announced).toHaveLength(1_800);
    expect(announced.slice(0, 60).map(figures)).toEqual(await recomputed(queries, announced.slice(0, 60)));
  });
});

const step = (kind: Step['kind'], more: Partial<Step> = {}): Step => ({
  ...{ kind, sku: 0, location: 0, channel: 0, quantity: 5, ref: 0, lateMillis: 0, flag: true },
  ...more,
});

describe('the queue', () => {
  it('holds one row of a SKU however often it changes', async () => {
    const log = logOf(Array.from({ length: 200 }, () => step('adjust')));
    await project(fold(), log, [1]);
    const { rows } = await database.pool.query(`SELECT sku FROM read.due`);
    expect(rows).toEqual([{ sku: skus[0] }]);
  });

  it('is not fed by a version that is not live', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 100, skus: 3, seed: 4 });
    await project(fold(), log);
    await liveOver(pool, log).drain();
    await rebuild({ pool, store: storeOf(log), name: 'fold' });
    const { rows } = await pool.query<{ due: number }>('SELECT count(*) AS due FROM read.due');
    expect(rows[0]?.due).toBe(0);
  });

  it('gives out what is urgent first: events, then the clock, then sweeps', async () => {
    const { pool } = database;
    await pool.query(`INSERT INTO read.due (sku, priority, since) VALUES
      ('sweep', 2, '2020-01-01'), ('clock', 1, '2020-01-02'), ('late', 0, '2020-01-04'), ('early', 0, '2020-01-03')`);
    const left: string[][] = [];
    for (const sweptMax of [0, 0, 0, 1]) {
      expect(await announceRound(pool, { urgentMax: 1, sweptMax })).toEqual({
        taken: 1,
        swept: sweptMax,
        announced: 0,
      });
      const { rows } = await pool.query<{ sku: string }>('SELECT sku FROM read.due ORDER BY sku');
      left.push(rows.map(({ sku }) => sku));
    }
    expect(left).toEqual([['clock', 'late', 'sweep'], ['clock', 'sweep'], ['sweep'], []]);
  });

  it('takes some of a sweep beside what is urgent: neither keeps the other waiting', async () => {
    const { pool } = database;
    await pool.query(`INSERT INTO read.due (sku, priority)
      SELECT 'sweep' || nth, 2 FROM generate_series(1, 9) AS nth UNION ALL
      SELECT 'event' || nth, 0 FROM generate_series(1, 9) AS nth`);
    const bounds = { urgentMax: 5, sweptMax: 3 };
    expect(await announceRound(pool, bounds)).toEqual({ taken: 8, swept: 3, announced: 0 });
    expect(await announceRound(pool, bounds)).toEqual({ taken: 7, swept: 3, announced: 0 });
    expect(await announceRound(pool, bounds)).toEqual({ taken: 3, swept: 3, announced: 0 });
    expect(await announceRound(pool, bounds)).toEqual({ taken: 0, swept: 0, announced: 0 });
  });

  it('keeps a SKU that changed while its round was under way', async () => {
    const { pool } = database;
    const log = logOf(Array.from({ length: 3 }, () => step('adjust')));
    const { queries, drain } = liveOver(pool, log);
    await project(fold(), log.slice(0, -2));
    await drain();
    await project(fold(), log.slice(0, -1));
    // The round has computed and waits for this row; meanwhile the next event comes in.
    const blocked = await transaction(pool, async (blocker) => {
      await blocker.query('SELECT FROM read.announced FOR UPDATE');
      const round = announceRound(pool, { urgentMax: 10, sweptMax: 0 });
      await untilOneWaits(pool);
      await project(fold(), log);
      return { round };
    });
    expect(await blocked.round).toEqual({ taken: 1, swept: 0, announced: 2 });
    const { rows } = await pool.query('SELECT sku FROM read.due');
    expect(rows).toEqual([{ sku: skus[0] }]);
    await drain();
    const announced = await readAnnounced(pool);
    expect(announced.map(figures)).toEqual(await recomputed(queries, announced));
  });
});

const untilOneWaits = async (pool: Pool): Promise<void> => {
  for (;;) {
    const { rows } = await pool.query<{ waiting: number }>(
      `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) > 0) return;
  }
};

/** A SKU with ten units, of which a cart of `web` holds four until `expiresAt`. */
const heldUntil = (expiresAt: Instant): readonly RecordedEvent[] => {
  const log = logBuilder();
  const occurredAt = '2026-01-01T00:00:00.000Z';
  const parts = [{ location: 'wh1', from: 'sellable', to: 'reserved', quantity: 4 }] as const;
  const taken = [{ location: 'wh1', from: 'sellable', quantity: 4 }] as const;
  const held = { quantity: 4, parts: taken, expiresAt };
  const define = { connection: 'web', locations: ['wh1'], reservationTtlMillis: 60_000, splitCarts: false };
  for (const channel of channels)
    log.add(`policy-channel-${channel}`, { type: 'ChannelDefined', occurredAt, data: { channel, ...define } });
  const fact = { connection: 'erp', kind: 'receipt', sourceKey: 'r', version: 1, hash: 'h' } as const;
  log.add('stock-A', {
    type: 'StockReceived',
    occurredAt,
    data: { fact, parts: [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 10 }] },
  });
  log.add('stock-A', {
    type: 'StockReserved',
    occurredAt,
    data: { parts, reservation: 'web:1', channel: 'web', requested: 4, held, decidedOn: { atp: 10, policies: {} } },
  });
  return log.events;
};

describe('the clock', () => {
  it('announces a hold that has expired without an event, and counts it for nothing everywhere', async () => {
    const { pool } = database;
    const { rows: clock } = await pool.query<{ now: Instant }>('SELECT now() AS now');
    const expiresAt = instantOf(millisOf(clock[0]?.now ?? '') + 700);
    const log = heldUntil(expiresAt);
    const { announcer, queries, drain } = liveOver(pool, log);
    await project(fold(), log);
    await drain();
    const open = await queries.explain('web', 'A');
    expect(open).toMatchObject({ answer: { atp: 6, held: 4, validUntil: expiresAt, holds: [{ quantity: 4 }] } });
    expect(await queries.stockOf('A')).toMatchObject({ openHolds: 1, heldUnits: 4 });
    const stopped = new AbortController();
    const running = announcer.run(stopped.signal);
    const after = await queries.lastSequence();
    const changes = await queries.changes({ after, limit: 10, waitMillis: 20_000 });
    stopped.abort();
    await running;
    expect(changes.map(({ channel, atp, held }) => ({ channel, atp, held }))).toEqual([
      { channel: 'b2b', atp: 10, held: 0 },
      { channel: 'web', atp: 10, held: 0 },
    ]);
    expect(await queries.explain('web', 'A')).toMatchObject({ answer: { atp: 10, held: 0, holds: [] } });
    expect(await queries.stockOf('A')).toMatchObject({ openHolds: 0, heldUnits: 0 });
    const { rows } = await pool.query('SELECT sku FROM read.announced WHERE valid_until IS NOT NULL');
    expect(rows).toEqual([]);
  });
});

describe('the change feed', () => {
  it('answers a waiting subscriber when something is announced, and nobody before', async () => {
    const { pool } = database;
    const log = generateOrders({ events: 60, skus: 2, seed: 5 });
    const { announcer, queries } = liveOver(pool, log);
    const live = liveProjection(pool, 'fold');
    const after = await queries.lastSequence();
    const waiting = queries.changes({ after, channel: 'dotcom', limit: 10, waitMillis: 20_000 });
    expect(await queries.changes({ after, limit: 10 })).toEqual([]);
    await live.apply(log, await live.checkpoint(), checkpointAfter(log));
    await announcer.step();
    expect((await waiting).map(({ sku, channel }) => `${sku} ${channel}`)).toEqual(['S0 dotcom', 'S1 dotcom']);
  });

  it('of one channel passes over what others are told, and goes on behind it', async () => {
    const { pool } = database;
    const { announcer, queries } = liveOver(pool, []);
    const tell = async (sequence: number, channel: string): Promise<void> => {
      await pool.query(
        `WITH numbered AS (UPDATE read.announcer SET sequence = $1)
         INSERT INTO read.outbox (sequence, sku, channel, atp, shown, held, state, position, announced_at)
         VALUES ($1, 'A', $2, 1, 1, 0, 'in_stock', 1, now())`,
        [sequence, channel],
      );
      announcer.announced.ring();
    };
    const last = await queries.lastSequence();
    await tell(last + 5, 'web');
    const waiting = queries.changes({ after: last, channel: 'b2b', limit: 10, waitMillis: 20_000 });
    await tell(last + 6, 'web');
    await tell(last + 7, 'b2b');
    expect((await waiting).map(({ sequence }) => sequence)).toEqual([last + 7]);
    expect(await queries.changes({ after: last, channel: 'web', limit: 10 })).toMatchObject([
      { sequence: last + 5 },
      { sequence: last + 6 },
    ]);
    await pool.query('DELETE FROM read.outbox');
  });

  it('ends with its signal', async () => {
    const { queries } = liveOver(database.pool, []);
    const gone = new AbortController();
    const waiting = queries.changes({
      after: Number.MAX_SAFE_INTEGER,
      limit: 1,
      waitMillis: 30_000,
      signal: gone.signal,
    });
    gone.abort();
    expect(await waiting).toEqual([]);
  });
});
