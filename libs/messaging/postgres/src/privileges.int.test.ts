import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { createTransport, type Transport } from '../testing/transport.js';

let transport: Transport;
beforeAll(async () => {
  transport = await createTransport(await createDatabase());
  await transport.one.sender.send('topic', [{ key: 'k', headers: {}, value: 'v' }]);
});
afterAll(() => transport.drop());

const insufficientPrivilege = '42501';
const invalidParameter = '22023';

describe('the role of the service', () => {
  it.each([
    "INSERT INTO messaging.messages VALUES ('topic', 9, now(), NULL, '[]', NULL)",
    "UPDATE messaging.messages SET value = ''",
    'DELETE FROM messaging.messages',
    'TRUNCATE messaging.messages',
    'DELETE FROM messaging.positions',
    'DO $$ BEGIN LOCK TABLE messaging.turn IN SHARE UPDATE EXCLUSIVE MODE; END $$',
    'CREATE TABLE messaging.mine ()',
    'DROP FUNCTION messaging.trim',
  ])('may not: %s', async (statement) => {
    await expect(transport.service.query(statement)).rejects.toMatchObject({ code: insufficientPrivilege });
  });

  it.each([
    'SELECT * FROM messaging.messages, messaging.positions',
    "SELECT messaging.send('other', ARRAY[NULL]::bytea[], ARRAY['[]'], ARRAY[NULL]::bytea[])",
    "SELECT messaging.trim(interval '1 day', 100)",
    "INSERT INTO messaging.positions VALUES ('group', 'topic', 0, 1)",
    'UPDATE messaging.positions SET next = 2',
  ])('may: %s', async (statement) => {
    await expect(transport.service.query(statement)).resolves.toBeDefined();
  });

  it('control: the owner may', async () => {
    await expect(transport.owner.query("DELETE FROM messaging.messages WHERE topic = 'other'")).resolves.toBeDefined();
  });

  it.each([
    "SELECT messaging.trim(interval '23 hours', 100)",
    'SELECT messaging.trim(NULL, 100)',
    "SELECT messaging.trim(interval '1 day', 0)",
    "SELECT messaging.send('topic', '{}', '{}', '{}')",
    "SELECT messaging.send('topic', ARRAY[NULL]::bytea[], ARRAY['[]', '[]'], ARRAY[NULL]::bytea[])",
  ])('is refused: %s', async (statement) => {
    await expect(transport.service.query(statement)).rejects.toMatchObject({ code: invalidParameter });
  });
});
