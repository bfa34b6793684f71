import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { verifyMessagesBy } from './own-message.js';

const verifyWith = verifyMessagesBy({
  signature: 'x-shop-signature',
  hintsIn: (said) => (typeof said === 'string' ? [{ order: said }] : []),
});

const signed = (body: string, secret: string) => ({
  'X-Shop-Signature': createHmac('sha256', secret).update(body).digest('base64'),
});

const body = Buffer.from('"12"');

it('a message that the shop has signed is believed, whatever it says', () => {
  expect(verifyWith('secret')(body, signed('"12"', 'secret'), 0)).toEqual([{ order: '12' }]);
  expect(verifyWith('secret')(Buffer.from('<'), signed('<', 'secret'), 0)).toEqual([]);
});

it.each([
  ['signed by another', 'secret', signed('"12"', 'another')],
  ['of another body', 'secret', signed('"13"', 'secret')],
  ['without a signature', 'secret', {}],
  ['in a shop whose secret is not known', undefined, signed('"12"', 'secret')],
  ['in a shop whose secret is empty', '', signed('"12"', '')],
])('a message %s is not', (_, secret, headers) => {
  expect(verifyWith(secret)(body, headers, 0)).toBeUndefined();
});

it('one of our module names the row that it is about', () => {
  const text = '{"kind":"stock_set","hint":{"productId":1,"quantity":3}}';
  const headers = {
    'x-ledger-timestamp': '0',
    'x-ledger-event-id': '6f1b',
    'x-ledger-signature': `v1=${createHmac('sha256', 'secret').update(`0.${text}`).digest('hex')}`,
  };
  const naming = { signature: 'x', rowOf: (product: number) => `${product}-0`, hintsIn: () => [] };
  expect(verifyMessagesBy(naming)('secret')(Buffer.from(text), headers, 0)).toEqual([{ row: '1-0', figure: 3 }]);
  expect(verifyWith('secret')(Buffer.from(text), headers, 0)).toEqual([]);
});

it('one that says it is of our module is believed by the rules for these alone', () => {
  const headers = { ...signed('"12"', 'secret'), 'x-ledger-signature': 'v1=0' };
  expect(verifyWith('secret')(body, headers, 0)).toBeUndefined();
});
