import { describe, expect, it } from 'vitest';
import { webserviceClient } from '../webservice/index.js';
import { judgePrestashopSettings } from './judge-settings.js';

const url = 'https://shop.example';

describe('settings of a shop', () => {
  it.each([
    [url, 'https://shop.example/api/'],
    ['https://shop.example/sub/', 'https://shop.example/sub/api/'],
    ['https://shop.example/api', 'https://shop.example/api/'],
    ['http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080/api/'],
  ])('at %s speak to its webservice', async (given, base) => {
    expect(judgePrestashopSettings({ url: given })).toEqual({ kind: 'fit', settings: { url: base } });
    await webserviceClient({ base, key: 'K'.repeat(32) }).close();
  });

  it('are taken whole', () => {
    const settings = {
      url: 'http://shop.internal/api/',
      allowHttp: true,
      shopId: 2,
      cancelledStateId: 19,
      states: { '14': { payment: 'pending' }, '16': { payment: 'paid', issued: true }, '19': { payment: 'cancelled' } },
    };
    expect(judgePrestashopSettings(settings)).toEqual({ kind: 'fit', settings });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['url', {}],
    ['url', { url: 'shop.example' }],
    ['url', { url: 'ftp://shop.example' }],
    ['url', { url: 'http://shop.example' }],
    ['url', { url: 'http://127.0.0.1.shop.example' }],
    ['url', { url: 'https://KEY@shop.example' }],
    ['url', { url: 'https://shop.example/?ws_key=KEY' }],
    ['url', { url: `${url}/${'x'.repeat(500)}` }],
    ['allowHttp', { url: 'http://shop.example', allowHttp: 'yes' }],
    ['shopId', { url, shopId: '1' }],
    ['shopId', { url, shopId: 1.5 }],
    ['cancelledStateId', { url, cancelledStateId: 0 }],
    ['cancelledStateId', { url, cancelledStateId: 6, states: { '6': { payment: 'failed' } } }],
    ['states', { url, states: [] }],
    [
      'states',
      { url, states: Object.fromEntries(Array.from({ length: 201 }, (_, at) => [at + 1, { payment: 'paid' }])) },
    ],
    ['states.paid', { url, states: { paid: { payment: 'paid' } } }],
    ['states.3', { url, states: { '3': 'paid' } }],
    ['states.3', { url, states: { '3': { payment: 'paid', shipped: true } } }],
    ['states.3.payment', { url, states: { '3': { payment: 'settled' } } }],
    ['states.3.payment', { url, states: { '3': { payment: 'toString' } } }],
    ['states.3.issued', { url, states: { '3': { payment: 'paid', issued: 1 } } }],
    ['states.3.issued', { url, states: { '3': { payment: 'refunded', issued: true } } }],
    ['key', { url, key: 'K'.repeat(32) }],
  ])('are unfit by %s: %o', (field, given) => {
    const verdict = judgePrestashopSettings(given);
    expect(verdict).toMatchObject({ kind: 'unfit', field });
    expect(JSON.stringify(verdict)).not.toContain('KEY');
  });
});

it('the key travels in clear to another machine only where that is allowed', async () => {
  const base = 'http://shop.internal/api/';
  expect(() => webserviceClient({ base, key: 'K'.repeat(32) })).toThrow('in clear');
  await webserviceClient({ base, key: 'K'.repeat(32), allowHttp: true }).close();
});
