import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { byteaArrayFromHex, textArray } from '#postgres';
import { createLedger, follow, lastOf, type Ledger, until, withOpenTransaction, writeOf } from '../testing/ledger.js';
import { createPostgresEventStore, type PostgresEventStore } from './event-store.js';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await createLedger(await createDatabase());
});
afterAll(() => ledger.drop());

const hash = 'ab'.repeat(32);
const question = 'SELECT * FROM ledger.append($1, $2, $3, $4, $5, 100, 1000000)';
type Asked = { streams: string[]; expected: number[]; counts: number[]; hashes: string[]; canonicals: string[] };
const asked = ({ streams, expected, counts, hashes, canonicals }: Asked): unknown[] => [
  streams,
  expected,
  counts,
  byteaArrayFromHex(hashes),
  textArray(canonicals),
];
const one: Asked = { streams: ['stock-x'], expected: [-1], counts: [1], hashes: [hash], canonicals: ['{}'] };
const two = { ...one, counts: [1, 1], hashes: [hash, hash], canonicals: ['{}', '{}'] };

const eventCount = async (): Promise<number> =>
  (await ledger.owner.query<{ count: number }>('SELECT count(*) FROM ledger.events')).rows[0]!.count;

/** No gap and no double, in the log and in every stream. */
const expectContiguous = async (): Promise<void> => {
  const { rows } = await ledger.owner.query(`
    SELECT count(*) = max(position) AND min(position) = 1 AS log,
      (SELECT bool_and(n = last + 1 AND first = 0) FROM (
        SELECT count(*) AS n, max(revision) AS last, min(revision) AS first FROM ledger.events GROUP BY stream_id
      ) AS s) AS streams
    FROM ledger.events`);
  expect(rows).toEqual([{ log: true, streams: true }]);
};

describe('the append function', () => {
  it.each([
    ['no writes', { ...one, streams: [], expected: [], counts: [], hashes: [], canonicals: [] }],
    ['a write of no events', { ...one, counts: [0], hashes: [], canonicals: [] }],
    ['a new stream twice', { ...two, streams: ['stock-x', 'stock-x'], expected: [-1, -1] }],
    ['a known stream twice', { ...two, streams: ['stock-known', 'stock-known'], expected: [0, 1] }],
    ['more events than counted', { ...two, counts: [1] }],
    ['fewer hashes than events', { ...one, hashes: [] }],
    ['an expected revision below none', { ...one, expected: [-2] }],
    ['a count that is null', { ...one, counts: [null as unknown as number] }],
    ['a hash of another length', { ...one, hashes: ['abcd'] }],
  ])('refuses %s and stores nothing', async (_, wrong) => {
    await ledger.store.append([writeOf('stock-known')]);
    const before = await eventCount();
    await expect(ledger.service.query(question, asked(wrong))).rejects.toMatchObject({ severity: 'ERROR' });
    expect(await eventCount()).toBe(before);
    expect(await ledger.store.read([{ stream: 'stock-x', from: 0 }])).toEqual([[]]);
  });

  it('control: takes the same call without the mistake', async () => {
    const { rows } = await ledger.service.query(question, asked(one));
    expect(rows).toMatchObject([{ write: 0 }]);
  });

  it('shares its bound among the tails', async () => {
    const streams = ['stock-t1', 'stock-t2', 'stock-t3'];
    await ledger.store.append(streams.map((stream) => writeOf(stream, 90)));
    const wrong = { streams, expected: [-1, 4, 88], counts: [1, 1, 1], hashes: [hash, hash, hash] };
    const { rows } = await ledger.service.query<{ write: number; revision: number; canonical: string | null }>(
      question,
      asked({ ...wrong, canonicals: ['{}', '{}', '{}'] }),
    );
    const tailOf = (write: number): number[] =>
      rows.filter((row) => row.write === write && row.canonical !== null).map(({ revision }) => revision);
    expect([1, 2, 3].map((write) => tailOf(write).length)).toEqual([33, 33, 1]);
    expect([tailOf(1)[0], tailOf(2)[0], tailOf(3)[0]]).toEqual([0, 5, 89]);
  });
});

describe('processes that race', () => {
  const processes = 6;
  const hot = 'stock-hot';

  const appendUntilDone = async (store: PostgresEventStore, name: string, wanted: number): Promise<void> => {
    let head = { revision: -1, hash: '0'.repeat(64) };
    for (let done = 0; done < wanted;) {
      const write = writeOf(hot, 2, head);
      const own = writeOf(`order-${name}-${done}`, 1);
      const [outcome] = await store.append([write, own]);
      if (outcome?.kind === 'appended') head = lastOf(write);
      else head = outcome?.tail.at(-1) ?? head;
      if (outcome?.kind === 'appended') done += 1;
      else await store.append([writeOf(`order-${name}-lost-${head.revision}-${done}`)]);
    }
  };

  it('leave no gap and no double, in positions and revisions', async () => {
    const stores = Array.from({ length: processes }, () => createPostgresEventStore({ url: ledger.serviceUrl }));
    await Promise.all(stores.map((store, index) => appendUntilDone(store, String(index), 15)));
    await Promise.all(stores.map((store) => store.close()));
    const [events] = await ledger.store.read([{ stream: hot, from: 0 }]);
    expect(events).toHaveLength(processes * 15 * 2);
    await expectContiguous();
  });
});

/**
 * Why the lock is a statement of its own. The naive form takes it in the statement that compares: it waits for its turn and
 * then looks at the log as it was before the wait.
 */
describe('a snapshot older than the lock', () => {
  const naive = `
    WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(1))
    INSERT INTO naive (revision) SELECT (SELECT coalesce(max(revision), -1) + 1 FROM naive) FROM turn`;

  const failuresOf = async (append: () => Promise<unknown>): Promise<number> => {
    const results = await Promise.allSettled(Array.from({ length: 40 }, append));
    return results.filter(({ status }) => status === 'rejected').length;
  };

  it('control: makes the naive statement collide with itself', async () => {
    await ledger.owner.query('CREATE TABLE naive (revision integer PRIMARY KEY)');
    await withOpenTransaction(ledger.owner, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(1)');
      await client.query('INSERT INTO naive VALUES (0)');
      const waiting = ledger.owner.query(naive).then(
        () => 'stored',
        () => 'collided',
      );
      await until(async () => (await waitingFor('advisory')) > 0);
      await client.query('COMMIT');
      expect(await waiting).toBe('collided');
    });
  });

  it('does not happen to the append function', async () => {
    const other = createPostgresEventStore({ url: ledger.serviceUrl });
    await withOpenTransaction(ledger.service, async (client) => {
      await client.query(question, asked({ ...one, streams: ['stock-turn'] }));
      const waiting = other.append([writeOf('stock-turn'), writeOf('stock-beside')]);
      await until(async () => (await waitingFor('relation')) > 0);
      await client.query('COMMIT');
      expect((await waiting).map(({ kind }) => kind)).toEqual(['conflict', 'appended']);
    });
    await other.close();
    expect(await failuresOf(() => ledger.store.append([writeOf('stock-turn', 1)]))).toBe(0);
    await expectContiguous();
  });
});

const waitingFor = async (kind: string): Promise<number> => {
  const { rows } = await ledger.owner.query<{ count: number }>(
    'SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
    [kind],
  );
  return rows[0]!.count;
};

describe('a subscriber', () => {
  it('skips no late commit: appends are visible in the order of their positions', async () => {
    const after = await ledger.store.head();
    const other = createPostgresEventStore({ url: ledger.serviceUrl });
    const reader = createPostgresEventStore({ url: ledger.serviceUrl });
    const watching = follow(reader, 3, after);
    const [first, second] = [writeOf('stock-late-1'), writeOf('stock-late-2', 2)];
    let released = false;
    await withOpenTransaction(ledger.service, async (client) => {
      const { canonical, hash: sealed } = lastOf(first);
      await client.query(
        question,
        asked({ ...one, streams: [first.stream], hashes: [sealed], canonicals: [canonical] }),
      );
      const late = other
        .append([second])
        .then(() => expect(released, 'the second append overtook the first').toBe(true));
      await until(async () => (await waitingFor('relation')) > 0);
      expect(await reader.head()).toBe(after);
      released = true;
      await client.query('COMMIT');
      await late;
    });
    expect(await watching).toEqual([...first.events, ...second.events].map(({ eventId }) => eventId));
    await Promise.all([other.close(), reader.close()]);
  });

  it('is not held back by transactions of others, old, idle or in another table', async () => {
    const after = await ledger.store.head();
    const reader = createPostgresEventStore({ url: ledger.serviceUrl });
    await ledger.owner.query('CREATE TABLE foreign_table (x integer)');
    await withOpenTransaction(ledger.owner, (writer) =>
      withOpenTransaction(ledger.owner, async (snapshot) => {
        await writer.query('INSERT INTO foreign_table VALUES (1)');
        await snapshot.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await snapshot.query('SELECT count(*) FROM ledger.events');
        const write = writeOf('stock-foreign', 5);
        await ledger.store.append([write]);
        expect(await follow(reader, 5, after)).toEqual(write.events.map(({ eventId }) => eventId));
      }),
    );
    await reader.close();
  });

  it('of one kind only reads by an index that stock events are not in', async () => {
    const { rows } = await ledger.owner.query<{ kinds: number[] }>(
      `SELECT array_agg(DISTINCT kind) AS kinds FROM ledger.events WHERE kind <> 0`,
    );
    expect(rows[0]!.kinds.length).toBeGreaterThan(0);
    const plan = await ledger.owner.query<{ 'QUERY PLAN': string }>(
      // Of a table this small the primary key would do as well: without it the plan says whether this index may be used.
      `BEGIN; SET LOCAL enable_seqscan = off; ALTER TABLE ledger.events DROP CONSTRAINT events_pkey;
       EXPLAIN SELECT * FROM ledger.events WHERE kind = 1 AND kind <> 0 AND position > 3 ORDER BY position LIMIT 5;
       ROLLBACK`,
    );
    const text = JSON.stringify((plan as unknown as { rows: unknown }[])[3]!.rows);
    expect(text).toContain('events_of_kind');
  });

  it('finds that a position is missing', async () => {
    const reader = createPostgresEventStore({ url: ledger.serviceUrl });
    const head = Number(await ledger.store.head());
    await ledger.owner.query(
      `INSERT INTO ledger.events SELECT $1 + 2, 2147483647, 0, 0, hash, canonical FROM ledger.events LIMIT 1`,
      [head],
    );
    await expect(follow(reader, head + 2)).rejects.toThrow(`Position ${head + 1} is missing`);
    await reader.close();
  });
});
