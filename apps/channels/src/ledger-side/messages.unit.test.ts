import { describe, expect, it } from 'vitest';
import { decodeCloudEvent } from '#messaging';
import { intakeTopics } from '#apps/ledger';
import { relayTopics } from '#apps/availability';
import { validatorOf } from '../../../../test/contract/contracts.js';
import { announcementsTopic } from './follow-topic.js';
import { newestOf } from './hear.js';
import { orderMessage, ordersTopic } from './order-message.js';
import { readAnnouncement } from './read-announcement.js';

const snapshot = {
  placedAt: '2026-03-01T09:30:00Z',
  changedAt: '2026-03-01T09:31:00Z',
  payment: 'paid',
  cart: '1-900',
  lines: [{ line: '1', ids: { product: '42', variant: '7' }, ordered: 2, cancelled: 1 }],
} as const;
const told = (orderKey: string) => ({ channel: 'web', connection: 'shop', orderKey, version: 7, snapshot });

describe('an order as a message', () => {
  it('goes where the ledger takes it in, as its contract says', () => {
    const { key, headers, value } = orderMessage(told('10042-XKBKNABJK'));
    expect(key).toBe('web:10042-XKBKNABJK');
    expect(decodeCloudEvent(new Map(Object.entries(headers)))).toMatchObject({
      kind: 'decoded',
      event: { source: 'shop', type: intakeTopics.orders },
    });
    const validate = validatorOf('order.v1.json');
    const body = JSON.parse(value ?? '') as object;
    expect(validate(body)).toBe(true);
    expect(body).toEqual({ version: 7, ...snapshot });
    expect(validate({ ...body, lines: 0 })).toBe(false);
  });

  it.each(['\0', '\ud800', 'x'.repeat(5_000), 'Größe 42%'])('can be sent whatever its key is: %j', (key) => {
    const { headers } = orderMessage(told(key));
    expect(decodeCloudEvent(new Map(Object.entries(headers))).kind).toBe('decoded');
  });
});

describe('announcements', () => {
  const bytes = (text: string) => ({ value: Buffer.from(text) });
  const pair = { channel: 'web', sku: 'A', sequence: 3, shown: 7, heldByListing: { '42:7': 2 } };

  it('are read as pairs, and what is none is passed over', () => {
    expect(readAnnouncement(bytes(JSON.stringify({ ...pair, held: 1 })))).toEqual(pair);
    const others = ['', 'null', '3', '[]', '{}', '{"channel":"web","sku":"A","sequence":"3","shown":7}', '{"sku'].map(
      bytes,
    );
    for (const other of [...others, { value: undefined }, { value: Uint8Array.of(0xff) }])
      expect(readAnnouncement(other)).toBeUndefined();
  });

  it('of one pair are one, the newest, in the place of the newest', () => {
    const [b, older] = [
      { ...pair, sku: 'B', sequence: 4 },
      { ...pair, sequence: 2 },
    ];
    const newer = { ...pair, sequence: 5 };
    expect(newestOf([pair, b, newer, older])).toEqual([b, newer]);
  });

  it('come from the topics of the ledger', () => {
    expect([ordersTopic, announcementsTopic]).toEqual([intakeTopics.orders, relayTopics.availability]);
  });
});
