import { describe, expect, it } from 'vitest';
import type { OrderPlace } from '../composition/orders.js';
import { judge, type IntakeLedger } from './judge.js';
import { intakeTopics } from './topics.js';

const headers = new Map(
  Object.entries({ ce_specversion: '1.0', ce_id: '1', ce_source: 'shop', ce_type: intakeTopics.orders }),
);
const value = Buffer.from(JSON.stringify({ version: 1, placedAt: '2026-03-01T09:00:00Z', lines: [] }));

/** Which order a message with this key speaks of, or the code of what is wrong with it. */
const placeOf = async (key: Uint8Array | undefined): Promise<OrderPlace | string> => {
  const places: OrderPlace[] = [];
  const orders = {
    record: (_: unknown, place: OrderPlace) => {
      places.push(place);
      return Promise.resolve({ kind: 'recorded' });
    },
  } as unknown as IntakeLedger['orders'];
  const verdict = await judge('orders', { orders } as IntakeLedger, { offset: 0, key, headers, value });
  return verdict.kind === 'parked' ? verdict.problem.code : (places[0] ?? verdict.kind);
};

describe('the key of an order message', () => {
  it('is the channel and the key of the order, which may hold colons', async () => {
    expect(await placeOf(Buffer.from('web:a:ä'))).toEqual({ channel: 'web', orderKey: 'a:ä' });
  });

  it.each([undefined, Buffer.from(''), Buffer.from('web'), Buffer.from('web:'), Buffer.from(':1')])(
    'names both: %j',
    async (key) => {
      expect(await placeOf(key)).toBe('malformed_message');
    },
  );

  it('is UTF-8: two orders whose keys differ in other bytes would be one', async () => {
    expect(await placeOf(Buffer.from('web:\u{e4}', 'latin1'))).toBe('malformed_message');
  });
});
