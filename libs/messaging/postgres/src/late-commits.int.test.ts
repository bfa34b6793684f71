import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client, Queryable } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { createTransport, type Transport } from '../testing/transport.js';

let transport: Transport;
beforeAll(async () => {
  transport = await createTransport(await createDatabase());
});
afterAll(() => transport.drop());

const sendIn = (client: Queryable, value: string): Promise<unknown> =>
  client.query("SELECT messaging.send('late', ARRAY['key'::bytea], ARRAY['[]'], ARRAY[$1::text::bytea])", [value]);

const valuesIn = async (): Promise<readonly string[]> => {
  const text =
    "SELECT convert_from(value, 'UTF8') AS value FROM messaging.messages WHERE topic = 'late' ORDER BY place";
  return (await transport.service.query<{ value: string }>(text)).rows.map(({ value }) => value);
};

const someoneWaits = async (): Promise<boolean> => {
  const text = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'messaging.turn'::regclass";
  return (await transport.owner.query(text)).rows.length > 0;
};

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) if (performance.now() > deadline) throw new Error('It never came true');
};

const inTransaction = async (work: (client: Client) => Promise<void>): Promise<void> => {
  const client = await transport.service.connect();
  await client.query('BEGIN');
  await work(client);
  await client.query('COMMIT');
  client.release();
};

it('a message that commits late is passed over by nobody: those after it wait for it', async () => {
  const { sender } = transport.one;
  let sending: Promise<void> = Promise.resolve();
  await inTransaction(async (client) => {
    await sendIn(client, 'slow');
    sending = sender.send('late', [{ key: 'key', headers: {}, value: 'quick' }]);
    await until(someoneWaits);
    expect(await valuesIn()).toEqual([]);
  });
  await sending;
  expect(await valuesIn()).toEqual(['slow', 'quick']);
});

it('control: with a sequence the later one is seen first, and a reader that goes on from it misses the other', async () => {
  await transport.owner.query('CREATE TABLE naive (place bigserial, value text); GRANT ALL ON naive TO PUBLIC');
  await transport.owner.query('GRANT USAGE ON SEQUENCE naive_place_seq TO PUBLIC');
  const read = async (after: number) => {
    const text = 'SELECT place, value FROM naive WHERE place > $1 ORDER BY place';
    return (await transport.service.query<{ place: number; value: string }>(text, [after])).rows;
  };
  let position = 0;
  await inTransaction(async (client) => {
    await client.query("INSERT INTO naive (value) VALUES ('slow')");
    await transport.service.query("INSERT INTO naive (value) VALUES ('quick')");
    position = (await read(position)).at(-1)?.place ?? 0;
  });
  expect([position, await read(position), (await read(0)).length]).toEqual([2, [], 2]);
});
