import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startProcess, type Process } from '#apps/standalone';
import { ConfigError, readConfig, silentLogger } from '#platform';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { engineFor } from './engine.js';
import { jsonCall, receipt, type Answer, type CallOptions } from './harness.js';

/* Two write sides and two read sides, each as if in a process of its own, on one database. */

let database: TestDatabase;
let processes: readonly Process[];
let key = '';

const startAs = (role: string): Promise<Process> => {
  const env = { DATABASE_URL: database.url, PORT: '0', ROLE: role, SWEEP_EVERY_MILLIS: '50' };
  return startProcess(readConfig({ ...env, ...engineFor(database.url) }), silentLogger);
};

beforeAll(async () => {
  database = await createDatabase();
  processes = await Promise.all(['ledger', 'ledger', 'availability', 'availability'].map(startAs));
  key = processes.map(({ firstKey = '' }) => firstKey).join('');
  await Promise.all(processes.map((_, index) => known(index)));
  await call(0, 'POST', '/v1/locations', { body: { location: 'wh1', author: 'operator' } });
  await call(0, 'POST', '/v1/channels', { body: { channel: 'web', connection: 'operator', locations: ['wh1'] } });
  await call(0, 'PUT', '/v1/channels/web/listings', {
    body: { listings: ['A', 'B'].map((sku) => ({ product: sku, sku, unitsPerSale: 1 })) },
  });
});
afterAll(async () => {
  await Promise.all(processes.map(({ stop }) => stop()));
  await database.drop();
});

const call = (index: number, method: string, path: string, options: CallOptions = {}): Promise<Answer> =>
  jsonCall(processes[index]?.url ?? '', method, path, { key, ...options });

/** A key that another process has made is known within seconds. */
const known = (index: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const path = processes[index]?.sides.write ? '/v1/keys' : '/v1/oversold';
      expect((await call(index, 'GET', path)).status).toBe(200);
    },
    { timeout: 60_000, interval: 100 },
  );

const atpAt = async (index: number, sku: string): Promise<unknown> =>
  ((await call(index, 'GET', `/v1/availability/${sku}?channel=web`)).body as { atp?: unknown }).atp;

const reserveOne = (index: number, sku: string, cart: string): Promise<Answer> =>
  call(index, 'PUT', `/v1/reservations/web/${cart}`, { body: { lines: [{ sku, quantity: 1 }] } });

type CartBody = { readonly lines: readonly { readonly sku: string; readonly held: number }[] };
const linesIn = ({ body }: Answer): Readonly<Record<string, number>> =>
  Object.fromEntries((body as CartBody).lines.map(({ sku, held }) => [sku, held]));
const heldAt = async (index: number, path: string): Promise<Readonly<Record<string, number>>> =>
  linesIn(await call(index, 'GET', path));

const statuses = (answers: readonly Answer[]): Readonly<Record<number, number>> =>
  answers.reduce<Record<number, number>>(
    (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
    {},
  );

describe('roles', () => {
  it('that start at once on an empty database print one first key', () => {
    expect(processes.filter(({ firstKey }) => firstKey !== undefined)).toHaveLength(1);
  });

  it('have the routes and the checks of their side alone', async () => {
    const checksOf = async (index: number) => {
      const { body } = await call(index, 'GET', '/health/ready');
      return (body as { checks: readonly { name: string }[] }).checks.map(({ name }) => name);
    };
    expect(await checksOf(0)).toEqual(['store', 'policies']);
    expect(await checksOf(2)).toEqual(['store', 'projections']);
    expect((await call(0, 'GET', '/v1/availability/A?channel=web')).status).toBe(404);
    expect((await call(2, 'POST', '/v1/movements', { body: receipt() })).status).toBe(404);
  });

  it('that write at once promise each unit once', async () => {
    await call(1, 'POST', '/v1/movements', { body: receipt({ sku: 'A', quantity: 10, sourceKey: 'a' }) });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => reserveOne(n % 2, 'A', `race-${n}`)));
    expect(statuses(answers)).toEqual({ 200: 10, 409: 30 });
    for (const index of [2, 3]) await expect.poll(() => atpAt(index, 'A')).toBe(0);
  });

  it('that are told the same fact at once post it once', async () => {
    const told = [0, 1, 0, 1].map((index) =>
      call(index, 'POST', '/v1/movements', { body: receipt({ sku: 'B', quantity: 7, sourceKey: 'b' }) }),
    );
    expect(statuses(await Promise.all(told))).toEqual({ 200: 4 });
    for (const index of [2, 3]) await expect.poll(() => atpAt(index, 'B')).toBe(7);
  });

  it('that record the same order at once commit its units once, whichever backstop follows it', async () => {
    const line = { line: '1', ids: { product: 'B' }, ordered: 3 };
    const body = { version: 1, placedAt: '2026-01-05T10:00:00Z', payment: 'paid', lines: [line] };
    const told = [0, 1, 0, 1].map((index) => call(index, 'PUT', '/v1/orders/web/7', { body }));
    expect(statuses(await Promise.all(told))).toEqual({ 200: 4 });
    for (const index of [2, 3]) await expect.poll(() => atpAt(index, 'B')).toBe(4);
  });

  it('that announce at once tell every pair by growing sequences', async () => {
    const feed = (index: number) =>
      processes[index]?.sides.read?.availability.queries.changes({ after: 0, limit: 500 });
    // What was promised last may be announced between two looks
    const last = async () => (await feed(2))?.at(-1);
    await expect.poll(last).toMatchObject({ sku: 'B', atp: 4 });
    const [one = [], other] = [await feed(2), await feed(3)];
    expect(one).toEqual(other);
    const sequences = one.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
    const newest = new Map(one.map(({ sku, atp }) => [sku, atp]));
    expect(newest).toEqual(
      new Map([
        ['A', 0],
        ['B', 4],
      ]),
    );
  });

  it('that share a cart give back what it names no longer, whichever of them is told', async () => {
    for (const sku of ['C', 'D', 'E'])
      await call(0, 'POST', '/v1/movements', { body: receipt({ sku, quantity: 5, sourceKey: sku }) });
    const path = '/v1/reservations/web/shared';
    const put = (index: number, lines: Readonly<Record<string, number>>) =>
      call(index, 'PUT', path, {
        body: { lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })) },
      });
    expect((await put(0, { C: 1, D: 2 })).status).toBe(200);
    expect(await heldAt(1, path)).toEqual({ C: 1, D: 2 });
    expect((await put(1, { D: 1, E: 1 })).status).toBe(200);
    expect(await heldAt(0, path)).toEqual({ D: 1, E: 1 });
    expect(linesIn(await call(0, 'POST', `${path}/extend`, { body: { ttlSeconds: 600 } }))).toEqual({ D: 1, E: 1 });
    expect((await put(0, { C: 5 })).status).toBe(200);
    expect(await heldAt(1, path)).toEqual({ C: 5 });
    expect((await call(1, 'DELETE', path)).status).toBe(200);
    expect((await call(0, 'GET', path)).status).toBe(404);
    for (let round = 0; round < 10; round += 1) {
      expect((await put(round % 2, { C: 5, D: round % 2 === 0 ? 5 : 1 })).status).toBe(200);
      expect((await put((round + 1) % 2, { E: 5 })).status).toBe(200);
      expect(await heldAt(round % 2, path)).toEqual({ E: 5 });
    }
    await put(0, { C: 2, D: 2 });
    const line = { line: '1', sku: 'D', ordered: 2 };
    const order = { version: 1, placedAt: '2026-01-05T10:00:00Z', payment: 'paid', cart: 'shared', lines: [line] };
    expect((await call(1, 'PUT', '/v1/orders/web/of-shared', { body: order })).status).toBe(200);
    // What the order does not contain is given back behind its answer
    await expect.poll(async () => (await call(0, 'GET', path)).status).toBe(404);
    for (const [sku, atp] of Object.entries({ C: 5, D: 3, E: 5 })) await expect.poll(() => atpAt(2, sku)).toBe(atp);
  });

  it('go on when one of each has stopped', async () => {
    await Promise.all([processes[0]?.stop(), processes[2]?.stop()]);
    processes = [1, 1, 3, 3].map((index) => processes[index]).filter((one) => one !== undefined);
    expect((await reserveOne(0, 'B', 'after')).status).toBe(200);
    await expect.poll(() => atpAt(2, 'B')).toBe(3);
    processes = [...new Set(processes)];
  });

  it('one side alone on an embedded database is refused: nobody else could meet it there', async () => {
    await expect(startProcess(readConfig({ PORT: '0', ROLE: 'ledger' }), silentLogger)).rejects.toThrow(ConfigError);
  });
});

it('control: a unit that is promised twice would be counted', () => {
  const answer = (status: number) => ({ status }) as Answer;
  expect(statuses([answer(200), answer(200), answer(409)])).toEqual({ 200: 2, 409: 1 });
});
