import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { Finding, SyncEntry } from '../../contracts/index.js';
import { createAlerts } from '../alerts/postgres-alerts.js';
import { createFindings } from '../findings/postgres-findings.js';
import { recordLimits } from '../limits.js';
import { recordsModule } from '../module.js';
import { startRecords } from '../start-records.js';
import { createSyncLog } from '../sync-log/postgres-sync-log.js';
import { trimRecords } from './trim-records.js';

let database: TestDatabase;
let pool: Pool;
const start = Date.parse('2026-03-01T00:00:00Z');
const dayMillis = 86_400_000;
const after = (days: number): string => new Date(start + days * dayMillis).toISOString();
const onTrouble = (error: unknown): void => expect.unreachable(String(error));

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [recordsModule] });
  pool = createPool({ url, applicationName: 'upkeep-test', max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const entry = (nth: number): SyncEntry => ({
  ...{ channel: 'web', direction: 'out', operation: 'write_stock', resource: 'stock', externalId: String(nth) },
  ...{ sourceChange: '7', run: undefined, outcome: nth % 2 === 0 ? 'done' : 'failed', code: '', millis: 1 },
  ...{ payload: { value: nth }, at: start + nth },
});
const finding = (kind: Finding['kind'], nth: number): Finding => ({
  ...{ channel: 'web', row: '42', sku: 'A', kind, units: 1, cause: 'unknown', read: 5, expected: [6] },
  ...{ written: undefined, target: 6, at: start + nth },
});

const tables = ['sync_entry', 'sync_failure', 'sync_success', 'alert', 'finding'] as const;
const counts = async (): Promise<readonly number[]> => {
  const counted = tables.map((table) => `(SELECT count(*) FROM channel_records.${table}) AS ${table}`);
  const { rows } = await pool.query<Record<string, number>>(`SELECT ${counted.join(', ')}`);
  return tables.map((table) => rows[0]?.[table] ?? -1);
};

beforeEach(async () => {
  await pool.query(tables.map((table) => `DELETE FROM channel_records.${table}`).join('; '));
  await createSyncLog(pool).write(Array.from({ length: 10 }, (_, nth) => entry(nth)));
  const clock = { now: () => after(0) };
  const alerts = createAlerts({ pool, clock, sink: { tell: () => Promise.resolve() }, onTrouble });
  for (const code of ['ended', 'open'])
    await alerts.raise({ channel: 'web', code, subject: '', level: 'ticket', detail: '', verb: '' });
  await alerts.settle('web', 'ended');
  await alerts.tellUntold();
  const kinds = ['above', 'below', 'drift_raised', 'drift_held'] as const;
  await createFindings(pool).note(kinds.map(finding));
});

describe('what is kept', () => {
  it('is deleted when it is old, payloads first, and never what is open', async () => {
    expect(await counts()).toEqual([10, 5, 5, 2, 4]);
    await trimRecords(pool, after(recordLimits.payloadDaysMax));
    expect(await counts()).toEqual([10, 5, 5, 2, 4]);
    await trimRecords(pool, after(recordLimits.payloadDaysMax + 1));
    expect(await counts()).toEqual([10, 0, 0, 2, 4]);
    expect(await trimRecords(pool, after(recordLimits.rowDaysMax + 1))).toBe(false);
    expect(await counts()).toEqual([0, 0, 0, 1, 1]);
  });

  it('goes in pieces, however many there are', async () => {
    const late = after(recordLimits.rowDaysMax + 1);
    const pieces: number[] = [];
    let isMore = true;
    while (isMore) {
      isMore = await trimRecords(pool, late, 4);
      pieces.push((await counts())[0] ?? -1);
    }
    expect(pieces).toEqual([6, 2, 0]);
  });

  it('is kept up by itself: old rows go, what was not told is told', async () => {
    const told: string[] = [];
    let sleeps = 0;
    const sleep = (_millis: number, signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        sleeps += 1;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    await pool.query(`UPDATE channel_records.alert SET told = 'nothing' WHERE code = 'open'`);
    const records = startRecords({
      ...{ pool, onTrouble, clock: { now: () => after(recordLimits.rowDaysMax + 1), sleep } },
      sink: { tell: (news, { code }) => Promise.resolve(void told.push(`${news} ${code}`)) },
      ports: {
        release: () => Promise.resolve(),
        adjust: () => Promise.resolve({ kind: 'posted' }),
        rereadOrders: () => Promise.resolve(),
        unitsPerSale: () => Promise.resolve(1),
      },
    });
    await expect.poll(() => sleeps, { timeout: 30_000 }).toBe(1);
    expect([await counts(), told]).toEqual([[0, 0, 0, 1, 1], ['opened open']]);
    await records.stop();
  });

  it('control: with no piece deleted it stays', async () => {
    await trimRecords(pool, after(recordLimits.rowDaysMax + 1), 0);
    expect(await counts()).toEqual([10, 5, 5, 2, 4]);
  });
});
