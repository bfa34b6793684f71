import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { plainDigest } from '#testing';
import { createLedger, lastOf, type Ledger, writeOf } from '../testing/ledger.js';
import { createPostgresEventStore, type PostgresEventStore } from './event-store.js';
import { verifyLog } from './verify-log.js';

let ledger: Ledger;
beforeEach(async () => {
  ledger = await createLedger(await createDatabase());
  const first = writeOf('stock-a', 3);
  await ledger.store.append([first, writeOf('stock-b', 2), writeOf('order-c', 1)]);
  await ledger.store.append([writeOf('stock-a', 3, lastOf(first))]);
});
afterEach(() => ledger.drop());

/** Another process than the one that appended, so that it has nothing in memory. */
const withReader = async <Result>(work: (reader: PostgresEventStore) => Promise<Result>): Promise<Result> => {
  const reader = createPostgresEventStore({ url: ledger.serviceUrl });
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
};
const verify = () => withReader((store) => verifyLog({ store, digest: plainDigest }));

/** Somebody with all rights and bad intentions. */
const tamper = async (statement: string): Promise<void> => {
  await ledger.owner.query(`
    ALTER TABLE ledger.events DISABLE TRIGGER never_changed;
    ${statement};
    ALTER TABLE ledger.events ENABLE ALWAYS TRIGGER never_changed`);
};

describe('verifyLog', () => {
  it('finds nothing wrong with a log that nobody touched', async () => {
    expect(await verify()).toMatchObject({ events: 9, streams: 3, problems: [] });
  });

  it('gives equal logs equal digests, and only those', async () => {
    const { digest } = await verify();
    expect((await verify()).digest).toBe(digest);
    await ledger.store.append([writeOf('stock-d')]);
    expect((await verify()).digest).not.toBe(digest);
  });

  it('is content with an empty log', async () => {
    const empty = await createLedger(await createDatabase());
    expect(await verifyLog({ store: empty.store, digest: plainDigest })).toMatchObject({ events: 0, problems: [] });
    await empty.drop();
  });

  it.each([
    [
      'an edited text',
      `UPDATE ledger.events SET canonical = replace(canonical, '"number":1', '"number":7') WHERE position = 2`,
      'stock-a',
      1,
      'hash',
    ],
    [
      'an exchanged hash',
      `UPDATE ledger.events SET hash = decode(repeat('07', 32), 'hex') WHERE position = 4`,
      'stock-b',
      0,
      'hash',
    ],
    [
      'two events that changed places',
      `UPDATE ledger.events SET position = CASE position WHEN 7 THEN -8 ELSE -7 END WHERE position IN (7, 8); UPDATE ledger.events SET position = -position WHERE position < 0`,
      'stock-a',
      3,
      'gap',
    ],
    [
      'a stream that lost an event from its index',
      `UPDATE ledger.events SET stream_id = 99 WHERE position = 5`,
      'stock-b',
      1,
      'stream_differs_from_log',
    ],
  ])('finds %s', async (_, statement, stream, revision, reason) => {
    await tamper(statement);
    expect((await verify()).problems).toEqual([{ stream, revision, reason }]);
  });

  it('finds an event that is gone', async () => {
    await tamper('DELETE FROM ledger.events WHERE position = 5');
    await expect(verify()).rejects.toThrow('Position 5 is missing');
  });

  it('a reader finds events in the wrong place of a stream by itself', async () => {
    await tamper(`UPDATE ledger.events SET revision = -revision + 10 WHERE stream_id = 1 AND revision IN (4, 5);
      UPDATE ledger.events SET revision = revision - 1 WHERE revision IN (5, 6) AND stream_id = 1`);
    await expect(withReader((reader) => reader.read([{ stream: 'stock-a', from: 0 }]))).rejects.toThrow(
      'The log was changed',
    );
  });
});
