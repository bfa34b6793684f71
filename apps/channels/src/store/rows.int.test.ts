import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRecord } from '#channel-kit';
import { createPool, provision, type Client, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import {
  barRows,
  callHinted,
  callRows,
  channelsModule,
  countRows,
  dueLooks,
  dueWrites,
  forgetListings,
  forgetRows,
  hearPairs,
  mapListings,
  moveRows,
  nextDue,
  releaseRows,
  saveListings,
  saveRows,
  scanRows,
  standingOf,
  type SavedRow,
} from './index.js';

let database: TestDatabase;
let pool: Pool;
const channel = 'web';
const names = Array.from({ length: 2_000 }, (_, nth) => `row-${String(nth).padStart(4, '0')}`);

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'rows-test', max: 10 });
  await saveListings(pool, channel, names.map(found), { now: 1, readingAt: 1 });
  await mapListings(
    pool,
    channel,
    names.map((listing) => ({ listing, sku: listing, unitsPerSale: 1 })),
    1,
  );
}, 60_000);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const found = (row: string) => ({ row, title: row, references: [], listing: row, barred: undefined });

const saved = (row: string): SavedRow => ({
  ...{ row, record: newRecord(row), believed: 1, wanted: 1, wouldPush: undefined },
  ...{ readBy: undefined, readAt: 1, dueAt: undefined, heard: 0, called: 1, releasedAt: undefined },
});

const deadlock = '40P01';
/** Deadlocks among these. On a busy machine somebody may have to wait for too long, which is another matter. */
const deadlocksAmong = async (
  ways: readonly (() => Promise<unknown>)[],
  times: number,
): Promise<readonly unknown[]> => {
  const all = ways.map(async (way) => {
    for (let nth = 0; nth < times; nth += 1) await way();
  });
  const ended = await Promise.allSettled(all);
  const reasons = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code?: string }] : []));
  return reasons.filter(({ code }) => code === deadlock);
};

describe('rows that are written by the hundred', () => {
  it('saved in one order, saved in another and called all at once wait for each other, and none fails', async () => {
    const ways = [
      () => saveRows(pool, channel, names.map(saved)),
      () => saveRows(pool, channel, names.toReversed().map(saved)),
      () => callRows(pool, channel, undefined, 5),
    ];
    expect(await deadlocksAmong(ways, 15)).toEqual([]);
  });

  it('wait for each other whoever writes them', async () => {
    const some = names.slice(0, 300);
    const reversed = some.toReversed();
    let sequence = 0;
    let readingAt = 1;
    const pairs = () => {
      sequence += 1;
      return reversed.map((sku) => ({ channel, sku, shown: 3, heldByListing: {}, sequence }));
    };
    const moved = (row: string) => ({ row, record: newRecord(row), believed: 2, sold: 1 });
    const mapped = (unitsPerSale: number) => reversed.map((listing) => ({ listing, sku: listing, unitsPerSale }));
    const ways = [
      () => saveRows(pool, channel, some.map(saved)),
      () => hearPairs(pool, pairs(), 9),
      () => moveRows(pool, channel, reversed.map(moved), 9),
      () => mapListings(pool, channel, mapped((sequence % 2) + 1), 9),
      () => scanRows(pool, channel, 1_000_000_000, 300),
      () => releaseRows(pool, channel, reversed, 9),
      () => forgetRows(pool, channel, 9),
      () => saveListings(pool, channel, reversed.map(found), { now: 9, readingAt: (readingAt += 1) }),
      () =>
        callHinted(
          pool,
          channel,
          reversed.map((row) => ({ row })),
          9,
        ),
      () => barRows(pool, channel, reversed.slice(0, 50), 'gone'),
    ];
    expect(await deadlocksAmong(ways, 4)).toEqual([]);
  }, 60_000);

  it('control: in two orders they fail each other', async () => {
    const clients = await Promise.all([pool.connect(), pool.connect()]);
    const touch = (client: Client, row: string | undefined) =>
      client.query(`UPDATE channels.shop_row SET title = title WHERE channel = $1 AND "row" = $2`, [channel, row]);
    const [one, other] = clients;
    try {
      for (const client of clients) await client.query('BEGIN');
      await touch(one, names[0]);
      await touch(other, names[1]);
      const crossing = [() => touch(one, names[1]), () => touch(other, names[0])];
      expect(await deadlocksAmong(crossing, 1)).toHaveLength(1);
    } finally {
      for (const client of clients) await client.query('ROLLBACK');
      for (const client of clients) client.release();
    }
  });
});

describe('rows that have their turn', () => {
  const own = 'turns';
  const turn = (row: string, of: Partial<SavedRow>): SavedRow => ({ ...saved(row), dueAt: 10, ...of });
  const written: Readonly<Record<string, Partial<SavedRow>>> = {
    rise: { believed: 5, wanted: 8 },
    'rise of little': { believed: 1, wanted: 8 },
    fall: { believed: 9, wanted: 7 },
    'fall to nothing': { believed: 9, wanted: 0 },
    'fall that rests': { believed: 9, wanted: 1, dueAt: 11 },
    'fall to be read': { believed: 9, wanted: 3, dueAt: undefined, readBy: 10 },
    'right and old': { dueAt: 3 },
    'right and to be read': { dueAt: undefined, readBy: 2 },
    'right and later': { dueAt: 12, readBy: 11 },
    'right and quiet': { dueAt: undefined },
    barred: { dueAt: 1 },
  };
  beforeAll(async () => {
    const all = Object.keys(written);
    await saveListings(pool, own, all.map(found), { now: 1, readingAt: 1 });
    const mapped = all.map((listing) => ({ listing, sku: listing, unitsPerSale: 1 }));
    await mapListings(pool, own, mapped, 1);
    await saveRows(
      pool,
      own,
      Object.entries(written).map(([row, of]) => turn(row, of)),
    );
    await barRows(pool, own, ['barred'], 'gone');
  });

  it('are written by urgency: falls first, what is nearly sold out before what is not', async () => {
    const due = ['fall to nothing', 'fall to be read', 'fall', 'rise of little', 'rise'];
    expect((await dueWrites(pool, own, 10, 100)).map(({ row }) => row)).toEqual(due);
    expect((await dueWrites(pool, own, 10, 2)).map(({ row }) => row)).toEqual(due.slice(0, 2));
    expect((await dueWrites(pool, own, 11, 2)).map(({ row }) => row)).toEqual(['fall to nothing', 'fall that rests']);
  });

  it('are looked at by time where they are believed to be right, however much is to be written', async () => {
    expect(await dueLooks(pool, own, 10, 100)).toEqual(['right and to be read', 'right and old']);
    expect(await dueLooks(pool, own, 11, 100)).toContain('right and later');
  });

  it('are counted, and the next of them is known', async () => {
    expect((await standingOf(pool, own, 10)).rowsDue).toBe(7);
    expect(await countRows(pool, own, 10, undefined)).toBe(2);
    expect(await countRows(pool, own, undefined, undefined)).toBe(10);
    expect(await nextDue(pool, own)).toBe(2);
    expect(await nextDue(pool, 'nobody')).toBeUndefined();
  });
});

describe('rows that somebody may have set', () => {
  const own = 'hinted';
  const save = (row: string, of: Partial<SavedRow>) => saveRows(pool, own, [{ ...saved(row), ...of }]);
  const list = async (...rows: readonly string[]): Promise<void> => {
    await saveListings(pool, own, rows.map(found), { now: 1, readingAt: 1 });
    const mapped = rows.map((listing) => ({ listing, sku: listing, unitsPerSale: 1 }));
    await mapListings(pool, own, mapped, 1);
  };

  it('are read, but for those that are to be read anyway, that nobody has read, and that show what is believed', async () => {
    await list('set', 'of old', 'sold', 'unread', 'known', 'gone');
    for (const row of ['set', 'of old', 'known', 'gone']) await save(row, { believed: 4 });
    await save('sold', { believed: 4, readBy: 30 });
    await barRows(pool, own, ['gone'], 'gone');
    const hints = ['set', 'sold', 'unread', 'gone', 'nowhere'].map((row) => ({ row, figure: 9 }));
    const all = [...hints, { row: 'known', figure: 4 }, { row: 'of old' }];
    expect(await callHinted(pool, own, all, 20)).toBe(2);
    expect(await dueLooks(pool, own, 10, 100)).toEqual(['unread']);
    const due = await dueWrites(pool, own, 20, 100);
    expect(due.map(({ row }) => row).toSorted()).toEqual(['of old', 'set']);
    expect(await callHinted(pool, own, all, 21)).toBe(0);
  });

  it('are read once more where that was called for while they were read', async () => {
    await list('called');
    await save('called', { believed: 1 });
    await callHinted(pool, own, [{ row: 'called' }], 50);
    await save('called', { called: undefined });
    expect(await dueLooks(pool, own, 50, 100)).toContain('called');
    await save('called', { called: 50 });
    expect(await dueLooks(pool, own, 50, 100)).not.toContain('called');
  });
});

describe('a reading of all listings', () => {
  it('leaves what it did not show alone, and what a later one has shown as it is', async () => {
    const own = 'readings';
    const show = (row: string, readingAt: number) => saveListings(pool, own, [found(row)], { now: 1, readingAt });
    for (const row of ['kept', 'went', 'came']) await show(row, 100);
    await show('kept', 200);
    await show('came', 300);
    await show('came', 200);
    expect(await forgetListings(pool, own, 200)).toEqual([{ row: 'went', sku: undefined }]);
    expect(await forgetListings(pool, own, 300)).toEqual([{ row: 'kept', sku: undefined }]);
    await show('went', 300);
    expect(await forgetListings(pool, own, 300)).toEqual([]);
  });
});
