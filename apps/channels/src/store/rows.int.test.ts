import { afterAll, beforeAll, expect, it } from 'vitest';
import { newRecord } from '#channel-kit';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { callRows, channelsModule, saveRows, type SavedRow } from './index.js';
import { mapListings, saveListings } from './listings.js';

let database: TestDatabase;
let pool: Pool;
const channel = 'web';
const names = Array.from({ length: 2_000 }, (_, nth) => `row-${String(nth).padStart(4, '0')}`);

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [channelsModule] });
  pool = createPool({ url, applicationName: 'rows-test', max: 4 });
  const found = names.map((row) => ({ row, title: row, references: [], listing: row, barred: undefined }));
  await saveListings(pool, channel, found, 1);
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

const saved = (row: string): SavedRow => ({
  ...{ row, record: newRecord(row), believed: 1, wanted: 1, wouldPush: undefined },
  ...{ readBy: undefined, readAt: 1, dueAt: undefined, heard: 0, releasedAt: undefined },
});

it('rows that are saved in one order, saved in another and called all at once wait for each other, and none fails', async () => {
  const ways = [
    () => saveRows(pool, channel, names.map(saved)),
    () => saveRows(pool, channel, names.toReversed().map(saved)),
    () => callRows(pool, channel, undefined, 5),
  ];
  const racing = ways.map(async (way) => {
    for (let times = 0; times < 15; times += 1) await way();
  });
  expect((await Promise.allSettled(racing)).filter(({ status }) => status === 'rejected')).toEqual([]);
});
