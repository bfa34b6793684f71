import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { InvalidCursorError } from '#read-model';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { SyncEntry } from '../../contracts/index.js';
import { recordsModule } from '../module.js';
import { createSyncLog } from './postgres-sync-log.js';
import type { KeptSyncLog, LoggedEntry } from './sync-log.js';

let database: TestDatabase;
let pool: Pool;
let log: KeptSyncLog;
beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [recordsModule] });
  pool = createPool({ url, applicationName: 'sync-log-test', max: 4 });
  log = createSyncLog(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const start = Date.parse('2026-03-01T09:30:00.000Z');
let channels = 0;
const newChannel = (): string => `web${++channels}`;

const entry = (of: Partial<SyncEntry>): SyncEntry => ({
  ...{ channel: 'web', direction: 'out', operation: 'write_stock', resource: 'stock', externalId: '42' },
  ...{ sourceChange: '7', run: undefined, outcome: 'done', code: '', millis: 12, payload: undefined, at: start },
  ...of,
});

const listed = async (channel: string, more: object = {}): Promise<readonly LoggedEntry[]> =>
  (await log.list({ channel, ...more }, { limit: 1_000 })).rows;

const payloadOf = async ({ id }: LoggedEntry): Promise<unknown> => (await log.find(id))?.payload;

describe('the sync log', () => {
  it('has each attempt once, however often it is written, and the next one of the same change beside it', async () => {
    const channel = newChannel();
    const [failed, again] = [
      entry({ channel, outcome: 'failed', code: 'busy' }),
      entry({ channel, at: start + 1_000 }),
    ];
    await log.write([failed, failed]);
    await Promise.all([log.write([failed, again]), log.write([again, failed])]);
    expect((await listed(channel)).map(({ outcome, code, at }) => [outcome, code, at])).toEqual([
      ['done', '', '2026-03-01T09:30:01.000Z'],
      ['failed', 'busy', '2026-03-01T09:30:00.000Z'],
    ]);
  });

  it('keeps payloads of failures, and of successes the last one of each key, redacted', async () => {
    const channel = newChannel();
    const payload = (value: number) => ({ value, email: 'ada@example.test' });
    await log.write([
      entry({ channel, payload: payload(1), at: start }),
      entry({ channel, payload: payload(3), at: start + 2_000 }),
      entry({ channel, payload: payload(2), at: start + 1_000 }),
      entry({ channel, payload: payload(9), externalId: '43', at: start - 500 }),
      entry({ channel, payload: payload(4), outcome: 'failed', at: start + 3_000 }),
      entry({ channel, payload: payload(5), outcome: 'unknown', at: start + 4_000 }),
      entry({ channel, payload: payload(6), outcome: 'skipped', at: start + 5_000 }),
    ]);
    await log.write([entry({ channel, payload: payload(0), at: start - 1_000 })]);
    const kept = await Promise.all((await listed(channel)).map(payloadOf));
    const redacted = (value: number) => ({ value, email: '***' });
    expect(kept).toEqual([null, redacted(5), redacted(4), redacted(3), null, null, redacted(9), null]);
  });

  it('takes a thousand and one at once, and whatever a shop calls its things', async () => {
    const channel = newChannel();
    const many = Array.from({ length: 1_001 }, (_, nth) => entry({ channel, externalId: String(nth) }));
    const odd = entry({ channel, externalId: `\ud83d\0"{\\}${'x'.repeat(5_000)}`, payload: { '\0': '\ud83d\0' } });
    await log.write([...many, { ...odd, outcome: 'failed', millis: 1.5 }]);
    const [first] = await listed(channel, { outcome: 'failed' });
    expect(first?.externalId.startsWith('\u{fffd}\u{fffd}"{\\}x')).toBe(true);
    const { rows, next } = await log.list({ channel }, { limit: 1_000 });
    const { rows: rest } = await log.list({ channel }, { limit: 1_000, after: next });
    expect(new Set([...rows, ...rest].map(({ id }) => id)).size).toBe(1_002);
  });

  it('answers by resource, id, outcome and time, in any of their pages', async () => {
    const channel = newChannel();
    const outcomes = ['done', 'unknown', 'failed', 'skipped'] as const;
    const all = Array.from({ length: 60 }, (_, nth) => {
      const resource = nth % 3 === 0 ? 'order' : 'stock';
      // Three of each moment.
      const at = start + Math.floor(nth / 3) * 1_000;
      return entry({
        channel,
        resource,
        externalId: String(nth % 5),
        outcome: outcomes[nth % 4]!,
        at,
        sourceChange: `${nth}`,
      });
    });
    await log.write([...all, ...all.map((one) => ({ ...one, channel: newChannel() }))]);
    const asked = [
      [{}, () => true],
      [{ resource: 'order' }, ({ resource }: SyncEntry) => resource === 'order'],
      [{ externalId: '3' }, ({ externalId }: SyncEntry) => externalId === '3'],
      [{ outcome: 'failed' }, ({ outcome }: SyncEntry) => outcome === 'failed'],
      [{ outcome: 'done' }, ({ outcome }: SyncEntry) => outcome === 'done'],
      [{ externalId: '3', outcome: 'failed' }, (one: SyncEntry) => one.externalId === '3' && one.outcome === 'failed'],
      [
        { from: '2026-03-01T09:30:05.000Z', before: '2026-03-01T09:30:08.000Z' },
        ({ at }: SyncEntry) => at >= start + 5_000 && at < start + 8_000,
      ],
    ] as const;
    for (const [filter, fits] of asked) {
      const paged: LoggedEntry[] = [];
      let after: string | undefined;
      do {
        const page = await log.list({ channel, ...filter }, { limit: 7, after });
        paged.push(...page.rows);
        after = page.next;
      } while (after !== undefined);
      const wanted = all.filter(fits).map(({ sourceChange }) => sourceChange);
      expect(paged.map(({ sourceChange }) => sourceChange).sort()).toEqual(wanted.sort());
      expect(paged.map(({ at }) => at)).toEqual(
        paged
          .map(({ at }) => at)
          .sort()
          .reverse(),
      );
    }
  });

  it('refuses a cursor of somebody else', async () => {
    const asked = log.list({ channel: 'web' }, { limit: 1, after: Buffer.from('["a","b"]').toString('base64url') });
    await expect(asked).rejects.toThrow(InvalidCursorError);
  });

  it('control: an attempt that nothing holds apart would be written over', async () => {
    const attempts = 'SELECT count(*) AS count FROM channel_records.sync_entry WHERE channel = $1';
    const channel = newChannel();
    await log.write([entry({ channel }), entry({ channel, operation: 'would_push' })]);
    expect((await pool.query<{ count: number }>(attempts, [channel])).rows[0]?.count).toBe(2);
    const twice = `INSERT INTO channel_records.sync_entry (channel, at, direction, operation, resource, external_id,
      source_change, outcome, code, millis) SELECT channel, at, direction, operation, resource, external_id,
      source_change, outcome, code, millis FROM channel_records.sync_entry WHERE channel = $1`;
    await expect(pool.query(twice, [channel])).rejects.toThrow('duplicate key');
  });
});
