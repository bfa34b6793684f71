import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacted } from './redacted.js';

/** An order as a shop sends it, with a person in every place where one stands. */
const person = ['Ada', 'Lovelace', '12 St James Square', 'London', 'SW1Y 4JH', 'ada@example.test', '+44 20 7946 0018'];
const [first, last, street, city, postcode, mail, phone] = person;
const key = 'A'.repeat(16) + '0123456789ABCDEF';

const order = {
  id: 5001,
  reference: 'XKBKNABJK',
  id_customer: 7,
  id_address_delivery: 12,
  secure_key: key.toLowerCase(),
  customer: { firstname: first, lastname: last, email: mail },
  addresses: [{ address1: street, city, postcode, phone, phone_mobile: phone }],
  gift_message: `For ${first}`,
  billing: { first_name: first, 'last-name': last, address_1: street, company: `${last} Ltd` },
  lines: [{ id: 1, product_id: 42, product_attribute_id: 7, product_quantity: 3, product_name: 'T-shirt blue' }],
  log: `GET https://${key}@shop.test/api/orders?ws_key=${key} as ${mail}, call ${phone}`,
};

describe('what is kept of a payload', () => {
  it('names nobody, nor where they live, nor any key', () => {
    const text = JSON.stringify(redacted(order));
    for (const secret of [...person, key, key.toLowerCase()]) expect(text).not.toContain(secret);
  });

  it('has the numbers that explain a figure', () => {
    expect(redacted(order)).toMatchObject({
      ...{ id: 5001, reference: 'XKBKNABJK', id_customer: 7, id_address_delivery: 12 },
      lines: [{ id: 1, product_id: 42, product_attribute_id: 7, product_quantity: 3 }],
    });
    const write = { row: '42:7', value: -3, sentAt: '2026-03-01T09:30:00Z', expected: [1, 2], ok: true, none: null };
    expect(redacted(write)).toEqual(write);
  });

  it('is free of every mail address, wherever it stands', () => {
    const place = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, fc.emailAddress(), fc.nat(), fc.array(tie('value')), tie('object')),
      object: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), tie('value')),
    })).value;
    fc.assert(
      fc.property(place, (value) => {
        expect(JSON.stringify(redacted(value))).not.toContain('@');
      }),
    );
  });

  it('ends where it nests without end', () => {
    const endless: Record<string, unknown> = { row: '42' };
    endless['again'] = endless;
    expect(JSON.stringify(redacted(endless)).length).toBeLessThan(1_000);
  });

  it('control: as it came it names all of it', () => {
    const text = JSON.stringify(order);
    for (const secret of [...person, key]) expect(text).toContain(secret);
  });
});
