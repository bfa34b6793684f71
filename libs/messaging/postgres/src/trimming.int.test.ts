import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { createTransport, type Transport } from '../testing/transport.js';
import { trimMessagesMax } from './bounds.js';
import { trimMessages } from './trimming.js';

let transport: Transport;
beforeAll(async () => {
  transport = await createTransport(await createDatabase());
});
afterAll(() => transport.drop());

const dayMs = 24 * 3_600_000;

/** Messages of these ages, the first at offset 0. */
const fill = async (topic: string, ages: readonly string[]): Promise<void> => {
  const text = `INSERT INTO messaging.messages SELECT $1, nth - 1, now() - age::interval, NULL, '[]', NULL
    FROM unnest($2::text[]) WITH ORDINALITY AS m (age, nth)`;
  await transport.owner.query(text, [topic, ages]);
};

const placesOf = async (topic: string): Promise<readonly number[]> => {
  const text = 'SELECT place FROM messaging.messages WHERE topic = $1 ORDER BY place';
  return (await transport.service.query<{ place: number }>(text, [topic])).rows.map(({ place }) => place);
};

describe('what is older than the retention', () => {
  it('goes, from the beginning of each topic up to the first that is young enough', async () => {
    await fill('some', ['10 days', '3 days', '1 hour', '9 days', '1 minute']);
    await fill('young', ['1 hour', '1 minute']);
    expect(await trimMessages(transport.service, 2 * dayMs)).toBe(2);
    expect([await placesOf('some'), await placesOf('young')]).toEqual([
      [2, 3, 4],
      [0, 1],
    ]);
  });

  it('goes in short statements, but for the last one: the next offset is counted from it', async () => {
    const count = trimMessagesMax * 2 + 10;
    await fill('old', Array<string>(count).fill('30 days'));
    expect(await trimMessages(transport.service, dayMs)).toBe(count - 1);
    expect(await placesOf('old')).toEqual([count - 1]);
    await transport.one.sender.send('old', [{ key: 'k', headers: {}, value: 'next' }]);
    expect(await placesOf('old')).toEqual([count - 1, count]);
  });

  it('is nothing where there is nothing', async () => {
    await transport.owner.query('DELETE FROM messaging.messages');
    expect(await trimMessages(transport.service, dayMs)).toBe(0);
  });
});
