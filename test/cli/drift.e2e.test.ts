import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adjustInLedger, recordsModule, RecordsHttpModule, startRecords, type Records } from '#apps/channels';
import { createHttpApp, silentLogger } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { setUpShop, startServer, type LedgerServer } from '../e2e/harness.js';

/*
 * An employee types 12 over 5 in the evening, the worker writes 5 at once, and in the morning she says that the shop is right:
 * the real ledger, the records over HTTP, the command line.
 */

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
const at = Date.parse('2026-03-01T22:00:00Z');
/** Where the process dies: after the adjustment is posted and before that is noted. */
const dying = { is: false };

let database: TestDatabase;
let server: LedgerServer;
let pool: Pool;
let records: Records;
let url: string;
let stop: () => Promise<void>;

const parts = () => {
  const { ledger, store, availability, clock } = server.services;
  const adjust = adjustInLedger({
    ...{ report: ledger.report, now: clock.now },
    head: () => store.head(),
    includedUpTo: (position) => availability.caughtUpTo(position, AbortSignal.timeout(30_000)),
  });
  return { adjust, clock };
};

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url });
  await setUpShop(server);
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [recordsModule] });
  pool = createPool({ url: serviceUrl, applicationName: 'drift-test', max: 4 });
  const { adjust, clock } = parts();
  records = startRecords({
    ...{ pool, clock, sink: { tell: () => Promise.resolve() }, onTrouble: () => undefined },
    ports: {
      adjust: async (adjustment) => {
        const adjusted = await adjust(adjustment);
        if (dying.is) throw new Error('dead');
        return adjusted;
      },
      release: () => Promise.resolve(),
      rereadOrders: () => Promise.resolve(),
      unitsPerSale: () => Promise.resolve(1),
    },
  });
  const gate = {
    ...{ ring: server.services.keyRing, rateLimit: { take: () => 0 } },
    ...{ now: clock.now, elapsedMillis: () => 0 },
  };
  const translate = () => undefined;
  const app = await createHttpApp(RecordsHttpModule.with({ records, clock }), {
    gate,
    logger: silentLogger,
    translate,
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  stop = () => app.close();
});
afterAll(async () => {
  await stop();
  await records.stop();
  await pool.end();
  await server.stop();
  await database.drop();
});

const drift = async (...args: readonly string[]): Promise<string> => {
  const main = join(repository, 'dist/apps/cli/src/drift/main.js');
  const env = { ...process.env, LEDGER_URL: url, LEDGER_KEY: server.operatorKey };
  return (await run(process.execPath, [main, ...args], { env })).stdout;
};

const onHand = async (): Promise<unknown> => {
  await server.caughtUp();
  return ((await server.ok('GET', '/v1/stock/A')) as { readonly onHand?: unknown }).onHand;
};

/** The id of what was typed over a row. */
const typedOver = async (row: string): Promise<string> => {
  const finding = { channel: 'web', row, sku: 'A', kind: 'above', units: 7, cause: 'unknown', read: 12 } as const;
  await records.findings.note([{ ...finding, expected: [5], written: 5, target: 5, at }]);
  const { rows } = await records.findings.list({ state: 'resolvable' }, { limit: 10 });
  return rows.find((one) => one.row === row)?.id ?? '';
};

const saying = (id: string) => ['resolve', id, '--how', 'shop_is_right', '--location', 'wh1', '--reason', 'seven more'];

it('the shop was right: dry run first, then the ledger has seven more, once', async () => {
  const id = await typedOver('42');
  expect(await drift('list', '--state', 'resolvable')).toContain(
    `${id}  2026-03-01T22:00:00.000Z  web 42 (A): read 12`,
  );
  expect(await drift(...saying(id))).toContain('a dry run');
  expect(await onHand()).toBe(10);
  expect(await drift(...saying(id), '--yes')).toContain('done, it is resolved');
  expect(await onHand()).toBe(17);
  await expect(drift(...saying(id), '--yes')).rejects.toThrow('finding_resolved');
  expect(await onHand()).toBe(17);
});

it('also when the process dies between the adjustment and its note', async () => {
  const before = Number(await onHand());
  const id = await typedOver('43');
  dying.is = true;
  await expect(drift(...saying(id), '--yes')).rejects.toThrow();
  expect(await onHand()).toBe(before + 7);
  dying.is = false;
  expect(await drift(...saying(id), '--yes')).toContain('done');
  expect(await onHand()).toBe(before + 7);
});

it('what the ledger refuses is told with its code, and nothing is done', async () => {
  const before = await onHand();
  const id = await typedOver('44');
  const elsewhere = saying(id).map((word) => (word === 'wh1' ? 'nowhere' : word));
  await expect(drift(...elsewhere, '--yes')).rejects.toThrow('unknown_location');
  expect([await onHand(), (await records.findings.find(id))?.state]).toEqual([before, 'resolvable']);
});

it('control: under a key of its own it would be posted again', async () => {
  const before = Number(await onHand());
  const { adjust } = parts();
  const adjustment = { sku: 'A', location: 'wh1', quantity: 7, actor: 'key1', reason: 'x' };
  for (const key of ['one', 'one', 'other']) await adjust({ ...adjustment, key });
  expect(await onHand()).toBe(before + 14);
});
