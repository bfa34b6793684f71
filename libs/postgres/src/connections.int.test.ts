import type { Socket } from 'node:net';
import { afterAll, beforeAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { byteaArrayFromHex, integerArray, textArray } from './arrays.js';
import { clientConfigOf } from './connection-options.js';
import { type DedicatedConnection, dedicatedConnection } from './dedicated-connection.js';
import { ConnectionLostError, ConnectionRefusedError, failureKindOf } from './failures.js';
import { quotedName, quotedText } from './identifiers.js';
import { pipelined } from './pipelined.js';
import { type Client, createPool, type Pool, type Queryable } from './pool.js';
import { transaction } from './transaction.js';

let fixture: { readonly database: TestDatabase; readonly pool: Pool };
beforeAll(async () => {
  const database = await createDatabase();
  fixture = { database, pool: createPool({ url: database.url, applicationName: 'test pool', max: 25 }) };
});
afterAll(async () => {
  await fixture.pool.end();
  await fixture.database.drop();
});

describe('array parameters', () => {
  const odd = [
    '',
    ' ',
    '"',
    '\\',
    '{1,2}',
    'NULL',
    "'",
    '\u{1f469}\u200d\u{1f4bb}',
    '\ufffe\uffff',
    'e\u0301',
    'x'.repeat(100_000),
  ];

  it('arrive as they are, texts, bytes and numbers', async () => {
    const hexes = ['', '00', 'ff00ff', 'ab'.repeat(32)];
    const numbers = [0, -1, 2_147_483_647];
    const { rows } = await fixture.pool.query(
      `SELECT $1::text[] AS texts, ARRAY(SELECT encode(h, 'hex') FROM unnest($2::bytea[]) AS h) AS hexes, $3::integer[] AS numbers`,
      [textArray(odd), byteaArrayFromHex(hexes), integerArray(numbers)],
    );
    expect(rows).toEqual([{ texts: odd, hexes, numbers }]);
  });

  it('may be empty', async () => {
    const { rows } = await fixture.pool.query(
      'SELECT cardinality($1::text[]) AS texts, cardinality($2::bytea[]) AS bytes, cardinality($3::integer[]) AS numbers',
      [textArray([]), byteaArrayFromHex([]), integerArray([])],
    );
    expect(rows).toEqual([{ texts: 0, bytes: 0, numbers: 0 }]);
  });

  it('refuses what is no hex', () => {
    expect(() => byteaArrayFromHex(['zz'])).toThrow('not hex');
    expect(() => byteaArrayFromHex(['abc'])).toThrow('not hex');
  });
});

describe('a pool', () => {
  it('reads bigint as a number and timestamps as instants, and refuses what a number cannot hold', async () => {
    const { rows } = await fixture.pool.query("SELECT 7::bigint AS n, '2026-03-01 09:30:00+00'::timestamptz AS at");
    expect(rows).toEqual([{ n: 7, at: '2026-03-01T09:30:00.000Z' }]);
    await expect(fixture.pool.query('SELECT 9007199254740993 AS n')).rejects.toThrow(RangeError);
  });

  it('has its timeouts and its settings from the server', async () => {
    const url = fixture.database.url;
    const settings = { search_path: '"a b", "c\\d"' };
    const pool = createPool({
      url,
      applicationName: 'odd one',
      max: 1,
      statementTimeoutMs: 300,
      lockTimeoutMs: 30,
      settings,
    });
    const { rows } = await pool.query(
      `SELECT current_setting('application_name') AS name, current_setting('lock_timeout') AS lock, current_setting('jit') AS jit, current_setting('search_path') AS path`,
    );
    expect(rows).toEqual([{ name: 'odd one', lock: '30ms', jit: 'off', path: '"a b", "c\\d"' }]);
    const slow = await pool.query('SELECT pg_sleep(5)').catch((error: unknown) => error);
    expect(failureKindOf(slow)).toBe('statement_timeout');
    await pool.end();
  });

  it('refuses a timeout that would mean none', () => {
    expect(() => clientConfigOf({ url: '', applicationName: '', lockTimeoutMs: 0 })).toThrow('lockTimeoutMs');
  });

  it('outlives the end of an idle connection', async () => {
    let told: Error | undefined;
    const onIdleError = (error: Error): void => void (told = error);
    const pool = createPool({ url: fixture.database.url, applicationName: 'idle', max: 1, onIdleError });
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => pool.once('remove', resolve));
    await fixture.pool.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    expect(told).toBeInstanceOf(Error);
    await expect(pool.query('SELECT 1')).resolves.toBeDefined();
    await pool.end();
  });

  it('quotes what takes no parameter', async () => {
    const name = 'odd "name"; --';
    const { rows } = await fixture.pool.query(`SELECT ${quotedText("it's \\")} AS ${quotedName(name)}`);
    expect(rows).toEqual([{ [name]: "it's \\" }]);
  });
});

describe('a transaction', () => {
  beforeEach(() => fixture.pool.query('CREATE TABLE kept (x integer)').then(() => undefined));
  afterEach(() => fixture.pool.query('DROP TABLE kept').then(() => undefined));
  const kept = async () => (await fixture.pool.query<{ x: number }>('SELECT x FROM kept')).rows.map(({ x }) => x);

  it('commits what its work did and gives its result', async () => {
    const result = await transaction(fixture.pool, async (client) => {
      await client.query('INSERT INTO kept VALUES (1)');
      return 'done';
    });
    expect([result, await kept()]).toEqual(['done', [1]]);
  });

  it('rolls back what its work throws', async () => {
    const work = transaction(fixture.pool, async (client) => {
      await client.query('INSERT INTO kept VALUES (1)');
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await kept()).toEqual([]);
  });

  it('says so when an error in it was swallowed: the server has rolled it back', async () => {
    const work = transaction(fixture.pool, async (client) => {
      await client.query('INSERT INTO kept VALUES (1)');
      await client.query('SELECT 1/0').catch(() => undefined);
    });
    await expect(work).rejects.toThrow('was swallowed');
    expect(await kept()).toEqual([]);
  });

  it('leaves no broken connection in the pool', async () => {
    const work = transaction(fixture.pool, async (client) => {
      await client.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toThrow();
    await expect(Promise.all(Array.from({ length: 25 }, () => fixture.pool.query('SELECT 1')))).resolves.toHaveLength(
      25,
    );
  });

  it('has the isolation asked for', async () => {
    const level = await transaction(
      fixture.pool,
      async (client) =>
        (await client.query<{ level: string }>("SELECT current_setting('transaction_isolation') AS level")).rows[0]!
          .level,
      { isolation: 'repeatable read' },
    );
    expect(level).toBe('repeatable read');
  });
});

describe('pipelined statements', () => {
  beforeEach(() => fixture.pool.query('CREATE TABLE IF NOT EXISTS piped (id integer PRIMARY KEY)'));
  afterEach(() => fixture.pool.query('DROP TABLE piped'));

  const insert = (client: Client, id: number) =>
    client.query({ name: 'insert-piped', text: 'INSERT INTO piped VALUES ($1)', values: [id] });
  const ids = async (session: Queryable) =>
    (await session.query<{ id: number }>('SELECT id FROM piped ORDER BY id')).rows.map(({ id }) => id);

  it('are sent together and answered in their order, each on what those before it did', async () => {
    const answers = await transaction(fixture.pool, async (client) => {
      const sent = sentBy(client);
      const [first, seen, second] = await pipelined(client, () => [insert(client, 1), ids(client), insert(client, 2)]);
      return { packets: sent(), counts: [first.rowCount, second.rowCount], seen };
    });
    expect(answers).toEqual({ packets: 1, counts: [1, 1], seen: [1] });
    expect(await ids(fixture.pool)).toEqual([1, 2]);
  });

  it('end with the first that fails; nothing of the transaction stays, and its connection is as good as new', async () => {
    const one = createPool({ url: fixture.database.url, applicationName: 'test of one', max: 1 });
    const late = { name: 'late', text: 'SELECT count(*)::integer AS count FROM piped' };
    const failing = transaction(one, (client) =>
      pipelined(client, () => [insert(client, 1), insert(client, 1), insert(client, 2), client.query(late)]),
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await ids(one)).toEqual([]);
    // The server refused to prepare the last of them then.
    const again = transaction(one, async (client) => {
      await insert(client, 1);
      return (await client.query<{ count: number }>(late)).rows;
    });
    expect(await again).toEqual([{ count: 1 }]);
    await one.end();
  });

  it('are all lost with their connection', async () => {
    const ending = transaction(fixture.pool, (client) =>
      pipelined(client, () => [
        insert(client, 1),
        client.query('SELECT pg_terminate_backend(pg_backend_pid())'),
        insert(client, 2),
      ]),
    );
    await expect(ending).rejects.toSatisfy((error) => failureKindOf(error) === 'lost');
    expect(await ids(fixture.pool)).toEqual([]);
  });
});

/** How many times the connection has handed bytes to the operating system since. */
const sentBy = (client: Client): (() => number) => {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const write = vi.spyOn(stream, '_writev');
  const single = vi.spyOn(stream, '_write');
  return () => write.mock.calls.length + single.mock.calls.length;
};

describe('a dedicated connection', () => {
  let connection: DedicatedConnection;
  const open = (answerMsMax = 5_000): DedicatedConnection =>
    dedicatedConnection({ url: fixture.database.url, applicationName: 'dedicated', answerMsMax });
  beforeEach(() => {
    connection = open();
  });
  afterEach(() => connection.close());
  const pid = async (): Promise<number> =>
    (await connection.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })).rows[0]!.pid;

  it('is one, whoever asks, and answers in the order of the questions', async () => {
    expect(new Set(await Promise.all([pid(), pid(), pid()])).size).toBe(1);
    const order: number[] = [];
    const ask = async (n: number) => {
      await connection.query({ text: 'SELECT pg_sleep($1)', values: [n === 1 ? 0.05 : 0] });
      order.push(n);
    };
    await Promise.all([ask(1), ask(2), ask(3)]);
    expect(order).toEqual([1, 2, 3]);
  });

  it('tells a rejection from a loss, and goes on after both', async () => {
    await expect(connection.query({ text: 'SELECT 1/0' })).rejects.toMatchObject({ code: '22012' });
    const before = await pid();
    const ended = connection.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' });
    await expect(ended).rejects.toBeInstanceOf(ConnectionLostError);
    expect(await pid()).not.toBe(before);
  });

  it('is opened anew when it was ended while nobody used it', async () => {
    const before = await pid();
    await fixture.pool.query('SELECT pg_terminate_backend($1, 5000)', [before]);
    const after = await pid().catch(() => pid());
    expect(after).not.toBe(before);
  });

  it('is cut when the answer stays out', async () => {
    const hasty = open(50);
    await expect(hasty.query({ text: 'SELECT pg_sleep(20)' })).rejects.toBeInstanceOf(ConnectionLostError);
    await expect(hasty.query({ text: 'SELECT 1' })).resolves.toBeDefined();
    await hasty.close();
  });

  it('says that nothing was sent when there is no server, and after it was closed', async () => {
    const nowhere = dedicatedConnection({
      url: 'postgres://x:y@127.0.0.1:1/z',
      applicationName: 'nowhere',
      answerMsMax: 100,
    });
    await expect(nowhere.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(ConnectionRefusedError);
    await nowhere.close();
    const closed = open();
    await closed.close();
    await expect(closed.query({ text: 'SELECT 1' })).rejects.toBeInstanceOf(ConnectionRefusedError);
  });
});
