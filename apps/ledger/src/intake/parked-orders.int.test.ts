import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { orderMessage } from '../../../../test/intake/messages.js';
import { intakeModule, postgresDeadLetters } from './dead-letter-store.postgres.js';
import { postgresParkedOrders } from './parked-orders.js';
import { intakeTopics } from './topics.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [intakeModule] });
  pool = createPool({ url: serviceUrl, applicationName: 'parked-orders-test', max: 2 });
});
beforeEach(() => pool.query('DELETE FROM intake.dead_letter'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let offset = 0;
const park = async (
  orderKey: string,
  version: number,
  code = 'not_author',
  change: { key?: string; value?: string } = {},
) => {
  const { key, headers, value } = { ...orderMessage(orderKey, version, []), ...change };
  const bytes = { key: Buffer.from(key), value: value === null ? undefined : Buffer.from(value) };
  await postgresDeadLetters(pool).park({
    ...{ topic: intakeTopics.orders, partition: 0, parkedAt: '2026-03-01T09:00:00.000Z' },
    message: { offset: (offset += 1), headers: new Map(Object.entries(headers)), ...bytes },
    problem: { code, status: 400, title: 'no', type: 'about:blank' } as never,
  });
};
const settle = async (how: 'replayed' | 'discarded') => {
  const letters = postgresDeadLetters(pool);
  const [letter] = await letters.list({ limit: 1 });
  const settled = await letters.settle(letter?.id ?? 0, { how, by: 'me', reason: 'x', at: '2026-03-01T10:00:00.000Z' });
  expect(settled).toBe(true);
};
const order = (orderKey: string) => ({ channel: 'web', orderKey });
const parked = async (...orderKeys: readonly string[]) =>
  (await postgresParkedOrders(pool)(orderKeys.map(order))).map(({ orderKey, version, code }) => [
    orderKey,
    version,
    code,
  ]);

describe('orders that were put aside', () => {
  it('are those asked for, by their versions', async () => {
    await park('o1', 1);
    await park('o1', 2, 'too_many_lines');
    await park('o2', 1);
    await park('a:b', 7);
    expect(await parked('o1', 'a:b', 'never')).toEqual([
      ['o1', 1, 'not_author'],
      ['o1', 2, 'too_many_lines'],
      ['a:b', 7, 'not_author'],
    ]);
  });

  it('are discarded ones too, and no longer those that were taken in after all', async () => {
    await park('o1', 1);
    await settle('discarded');
    expect(await parked('o1')).toHaveLength(1);
    await park('o1', 2);
    await settle('replayed');
    expect(await parked('o1')).toEqual([['o1', 1, 'not_author']]);
  });

  it('are not what has no version, and a key of any length is kept', async () => {
    await park('o1', 1, 'malformed_json', { value: '{"version":' });
    await park('o1', 1, 'missing_field', { value: '{}' });
    await park('o1', 1, 'malformed_message', { key: 'k'.repeat(100_000) });
    expect(await parked('o1')).toEqual([]);
  });
});
