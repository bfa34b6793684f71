import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authModule,
  createClock,
  createHttpApp,
  createKeyRing,
  postgresKeyStore,
  problemOf,
  silentLogger,
  type Scope,
} from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { InvalidCursorError } from '#read-model';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { Finding, SyncEntry } from '../../contracts/index.js';
import { recordsModule, startRecords, type Records } from '../../records/index.js';
import { RecordsHttpModule } from './records-http.module.js';

const clock = createClock();
const released: string[] = [];
const keys = { reads: '', ops: '' };
let database: TestDatabase;
let pool: Pool;
let records: Records;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  database = await createDatabase();
  const provisioned = await provision({ ownerUrl: database.url, modules: [authModule, recordsModule] });
  pool = createPool({ url: provisioned.serviceUrl, applicationName: 'records-http-test', max: 6 });
  const ports = {
    release: (_channel: string, row: string) => Promise.resolve(void released.push(row)),
    adjust: () => Promise.resolve({ kind: 'refused', refusal: { code: 'unknown_location', location: 'wh9' } } as const),
    rereadOrders: () => Promise.resolve(),
    unitsPerSale: () => Promise.resolve(1),
  };
  const onTrouble = (error: unknown): void => expect.unreachable(String(error));
  records = startRecords({ pool, clock, sink: { tell: () => Promise.resolve() }, ports, onTrouble });
  const keyRing = createKeyRing(postgresKeyStore(pool));
  const keyFor = async (...scopes: readonly Scope[]): Promise<string> => {
    const made = await keyRing.create({ connection: 'operator', scopes }, clock.now());
    return made === 'too_many_keys' ? expect.unreachable(made) : made.token;
  };
  [keys.reads, keys.ops] = [await keyFor('stock:read'), await keyFor('ops', 'stock:read')];
  const gate = { ring: keyRing, rateLimit: { take: () => 0 }, now: clock.now, elapsedMillis: () => 0 };
  const app = await createHttpApp(RecordsHttpModule.with({ records, clock }), {
    gate,
    logger: silentLogger,
    translate: (error) => (error instanceof InvalidCursorError ? problemOf('invalid_cursor') : undefined),
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  stop = () => app.close();
});
afterAll(async () => {
  await stop();
  await records.stop();
  await pool.end();
  await database.drop();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const ask = async (path: string, key = keys.ops, body?: object): Promise<Answer> => {
  const response = await fetch(`${url}/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const rowsOf = ({ body }: Answer) => body['rows'] as readonly Record<string, unknown>[];

const at = Date.parse('2026-03-01T09:30:00Z');
const entry: SyncEntry = {
  ...{ channel: 'web', direction: 'out', operation: 'write_stock', resource: 'stock', externalId: '42' },
  ...{ sourceChange: '7', run: undefined, outcome: 'failed', code: 'busy', millis: 12, payload: { value: 3 }, at },
};
const finding = (of: Partial<Finding> = {}): Finding => ({
  ...{ channel: 'web', row: '42', sku: 'A', kind: 'drift_held', units: 15, cause: 'unknown', read: 5 },
  ...{ expected: [20], hold: 'too_much', written: undefined, target: 20, at },
  ...of,
});

describe('the records over HTTP', () => {
  it('show what was tried, one with its payload', async () => {
    await records.syncLog.write([entry]);
    const [row] = rowsOf(await ask('sync-log?channel=web&outcome=failed&externalId=42&from=2026-03-01T00:00:00Z'));
    expect(row).toMatchObject({ operation: 'write_stock', code: 'busy', at: '2026-03-01T09:30:00.000Z' });
    expect((await ask(`sync-log/${String(row?.['id'])}`)).body).toMatchObject({ payload: { value: 3 } });
    expect((await ask('sync-log/999')).body).toMatchObject({ status: 404, code: 'unknown_sync_entry' });
    expect(await ask('sync-log')).toMatchObject({ status: 400 });
    expect(await ask('sync-log?channel=web', keys.reads)).toMatchObject({ status: 403 });
  });

  it('show what is wrong, and what was', async () => {
    await records.alerts.raise({
      ...{
        channel: 'web',
        code: 'feed_stale',
        subject: '',
        level: 'page',
        detail: 'No orders',
        verb: 'channel report web',
      },
    });
    expect(rowsOf(await ask('alerts?channel=web', keys.reads))).toMatchObject([{ code: 'feed_stale', times: 1 }]);
    expect(rowsOf(await ask('alerts?state=ended', keys.reads))).toEqual([]);
    const metrics = await fetch(`${url}/v1/alerts/metrics`, { headers: { authorization: `Bearer ${keys.reads}` } });
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toMatch(/^channel_alerts_open\{channel="web",code="feed_stale",level="\w+"\} 1$/mu);
    expect((await ask('alerts?cursor=x', keys.reads)).body).toMatchObject({ code: 'invalid_cursor' });
  });

  it('take what a person says of a finding: first dry, then done, then over', async () => {
    await records.findings.note([finding()]);
    const [row] = rowsOf(await ask('findings?channel=web', keys.reads));
    const place = `findings/${String(row?.['id'])}`;
    const said = { how: 'ledger_is_right', reason: 'looked at the shelf' };
    expect((await ask(`${place}/resolve`, keys.reads, said)).status).toBe(403);
    expect((await ask(`${place}/resolve`, keys.ops, { ...said, dryRun: true })).body).toMatchObject({
      ...{ outcome: 'planned', leaves: 'resolved' },
    });
    expect(released).toEqual([]);
    expect((await ask(`${place}/resolve`, keys.ops, said)).body).toMatchObject({ outcome: 'applied' });
    expect(released).toEqual(['42']);
    expect((await ask(place, keys.reads)).body).toMatchObject({ state: 'resolved', resolutions: [said] });
    expect((await ask(`${place}/resolve`, keys.ops, said)).body).toMatchObject({
      status: 409,
      code: 'finding_resolved',
    });
  });

  it('refuse what cannot be meant, by its field, and what the ledger refuses, by its code', async () => {
    await records.findings.note([finding({ row: '43', at: at + 1 })]);
    const [row] = rowsOf(await ask('findings'));
    const place = `findings/${String(row?.['id'])}/resolve`;
    const said = { how: 'shop_is_right', reason: 'counted' };
    const refusals = [
      [said, { code: 'missing_field', field: 'location' }],
      [
        { ...said, location: 'wh1', until: '2030-01-01T00:00:00Z' },
        { code: 'unknown_field', field: 'until' },
      ],
      [
        { how: 'snooze', reason: 'x', until: '2020-01-01T00:00:00Z' },
        { code: 'time_range_unfit', status: 422 },
      ],
      [{ how: 'nobody', reason: 'x' }, { code: 'invalid_value' }],
      [{ how: 'count_it' }, { status: 400 }],
      [
        { ...said, location: 'wh9' },
        { code: 'unknown_location', location: 'wh9' },
      ],
    ] as const;
    for (const [body, refusal] of refusals) expect((await ask(place, keys.ops, body)).body).toMatchObject(refusal);
    expect((await ask('findings/nobody', keys.ops)).body).toMatchObject({ code: 'unknown_finding' });
    expect((await ask('findings/nobody/resolve', keys.ops, { how: 'count_it', reason: 'x' })).body).toMatchObject({
      code: 'unknown_finding',
    });
  });

  it('report a day', async () => {
    await records.syncLog.write([
      { ...entry, outcome: 'done', at: at + 1 },
      { ...entry, outcome: 'done', at: at + 86_400_000 },
      { ...entry, operation: 'would_push', outcome: 'done' },
    ]);
    const above = finding({ kind: 'above', cause: 'crossed', units: 3 });
    await records.findings.note([
      { ...above, row: '50', since: at - 60_000 },
      { ...above, row: '51' },
      finding({ kind: 'drift_raised', row: '52' }),
      finding({ kind: 'below', row: '53', cause: 'lost_decrement' }),
    ]);
    expect((await ask('channels/web/report?day=2026-03-01', keys.reads)).body).toMatchObject({
      ...{ channel: 'web', day: '2026-03-01', written: 1, wouldPush: 1, raised: 1, held: 2 },
      ...{ above: { crossed: 2 }, below: { lost_decrement: 1 } },
      aboveTruth: { unitSecondsMax: 180, findings: 2, ofUnknownTime: 1 },
      now: { heldRows: 1, openAlerts: 1 },
    });
    expect((await ask('channels/web/report')).body).toMatchObject({ day: clock.now().slice(0, 10), written: 0 });
    expect((await ask('channels/WEB/report')).body).toMatchObject({ code: 'invalid_code' });
    expect((await ask('channels/web/report?day=2026-3-1')).body).toMatchObject({ status: 400 });
  });
});
