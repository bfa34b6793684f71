import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { createLedger, type Ledger, writeOf } from '../testing/ledger.js';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await createLedger(await createDatabase());
  await ledger.store.append([writeOf('stock-a', 3), writeOf('order-b')]);
});
afterAll(() => ledger.drop());

const changes = [
  'UPDATE ledger.events SET canonical = canonical',
  'UPDATE ledger.events SET revision = 0 WHERE position = -1',
  'DELETE FROM ledger.events',
  'TRUNCATE ledger.events',
  'UPDATE ledger.streams SET kind = 0',
  'DELETE FROM ledger.streams',
  'TRUNCATE ledger.streams',
  'UPDATE ledger.kinds SET name = name',
  'TRUNCATE ledger.kinds CASCADE',
];
const insertion = `INSERT INTO ledger.events (position, stream_id, revision, kind, hash, canonical)
  VALUES (1000, 1, 1000, 0, decode(repeat('00', 32), 'hex'), '{}')`;
const insufficientPrivilege = '42501';

describe('the role of the service', () => {
  it.each([
    ...changes,
    insertion,
    "INSERT INTO ledger.streams (stream, kind) VALUES ('stock-x', 0)",
    'DROP TABLE ledger.events',
    'ALTER TABLE ledger.events DISABLE TRIGGER never_changed',
    'CREATE TABLE ledger.mine ()',
    'DO $$ BEGIN LOCK TABLE ledger.turn IN SHARE UPDATE EXCLUSIVE MODE; END $$',
    "SELECT ledger.open_streams('{stock-x}')",
    "SELECT setval('ledger.streams_stream_id_seq', 1)",
    'SELECT * FROM migrations.applied',
    'SET session_replication_role = replica',
  ])('may not: %s', async (statement) => {
    await expect(ledger.service.query(statement)).rejects.toMatchObject({ code: insufficientPrivilege });
  });

  it.each([
    'SELECT * FROM ledger.events, ledger.streams, ledger.kinds',
    "INSERT INTO ledger.snapshots VALUES ('stock-a', 1, '', 1, '{}')",
    "UPDATE ledger.snapshots SET state = '[]'",
    'DELETE FROM ledger.snapshots',
  ])('may: %s', async (statement) => {
    await expect(ledger.service.query(statement)).resolves.toBeDefined();
  });

  it('cannot slip a table of its own under the append function', async () => {
    const client = await ledger.service.connect();
    await client.query('CREATE TEMP TABLE unnest (x integer); CREATE TEMP TABLE events (position bigint)');
    await client.query('SET search_path = pg_temp, ledger');
    const answer = await client
      .query(
        `SELECT * FROM ledger.append('{stock-temp}', '{-1}', '{1}', ARRAY[decode(repeat('00', 32), 'hex')], ARRAY['{}'], 1, 1)`,
      )
      .catch((error: unknown) => error);
    client.release(true);
    expect(answer).toMatchObject({ rows: [{ write: 0 }] });
  });
});

describe('the owner', () => {
  it.each(changes)('is refused: %s', async (statement) => {
    await expect(ledger.owner.query(statement)).rejects.toThrow(/The log is never changed: .* refused/);
  });

  it('is refused as a replica too, where ordinary triggers sleep', async () => {
    const client = await ledger.owner.connect();
    await client.query('SET session_replication_role = replica');
    await expect(client.query('DELETE FROM ledger.events')).rejects.toThrow('never changed');
    client.release(true);
  });

  it('control: could do it all if it were not for the triggers', async () => {
    const client = await ledger.owner.connect();
    await client.query('BEGIN; ALTER TABLE ledger.events DISABLE TRIGGER never_changed');
    await expect(client.query('DELETE FROM ledger.events')).resolves.toBeDefined();
    await client.query('ROLLBACK');
    client.release();
  });
});
