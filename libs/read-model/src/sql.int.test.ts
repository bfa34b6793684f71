import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, transaction, type Pool } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { run, untilNoDeadlock } from './sql.js';

let database: Awaited<ReturnType<typeof createDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = createPool({ url: database.url, applicationName: 'test', max: 1 });
});
beforeEach(() =>
  pool.query(`
    DROP SEQUENCE IF EXISTS attempts;
    CREATE SEQUENCE attempts;
    CREATE OR REPLACE FUNCTION answer_at(wanted bigint) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE attempt bigint := nextval('attempts');
    BEGIN
      IF attempt < wanted THEN RAISE EXCEPTION 'as a deadlock ends' USING ERRCODE = 'deadlock_detected'; END IF;
      RETURN attempt;
    END $$`),
);
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const answerAt = { name: 'answer-at', text: 'SELECT answer_at($1) AS attempt' };

describe('a statement that a deadlock has ended', () => {
  it('is asked again where it stands alone, up to three times', async () => {
    expect(await run(pool, answerAt, [3])).toEqual([{ attempt: 3 }]);
  });

  it('fails when it goes on', async () => {
    await expect(run(pool, answerAt, [4])).rejects.toMatchObject({ code: '40P01' });
  });

  it('is done again as often as somebody says, when it is a whole transaction', async () => {
    const ask = () =>
      transaction(pool, async (session) => (await session.query<{ attempt: number }>(answerAt.text, [5])).rows);
    expect(await untilNoDeadlock(ask, 5)).toEqual([{ attempt: 5 }]);
    await pool.query('ALTER SEQUENCE attempts RESTART');
    await expect(untilNoDeadlock(ask, 4)).rejects.toMatchObject({ code: '40P01' });
  });

  it('fails at once in a session, which may be in a transaction that was rolled back with it', async () => {
    const client = await pool.connect();
    await expect(run(client, answerAt, [2])).rejects.toMatchObject({ code: '40P01' });
    client.release();
  });
});
