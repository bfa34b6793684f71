import { describe, expect, it } from 'vitest';
import { judgeWooCommerceSettings } from './judge-settings.js';

const url = 'https://shop.example';

describe('settings of a shop', () => {
  it.each([
    [url, 'https://shop.example/wp-json/wc/v3/'],
    ['https://shop.example/sub/', 'https://shop.example/sub/wp-json/wc/v3/'],
    ['https://shop.example/index.php/wp-json/', 'https://shop.example/index.php/wp-json/wc/v3/'],
    ['https://shop.example/wp-json/wc/v3', 'https://shop.example/wp-json/wc/v3/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/wp-json/wc/v3/'],
  ])('at %s speak to its interface', (given, base) => {
    expect(judgeWooCommerceSettings({ url: given })).toEqual({ kind: 'fit', settings: { url: base } });
  });

  it('are taken whole', () => {
    const settings = {
      ...{ url: 'http://shop.internal/wp-json/wc/v3/', allowHttp: true, holdStockMinutes: 60 },
      states: { shipped: { payment: 'paid', issued: true }, 'on-hold': { payment: 'paid' } },
    };
    expect(judgeWooCommerceSettings(settings)).toEqual({ kind: 'fit', settings });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['url', {}],
    ['url', { url: 'http://shop.example' }],
    ['url', { url: 'https://ck:cs@shop.example' }],
    ['url', { url: 'https://shop.example/?consumer_key=KEY' }],
    ['allowHttp', { url, allowHttp: 'yes' }],
    ['holdStockMinutes', { url, holdStockMinutes: '60' }],
    ['holdStockMinutes', { url, holdStockMinutes: -1 }],
    ['holdStockMinutes', { url, holdStockMinutes: 43_201 }],
    ['states.wc-shipped', { url, states: { 'wc-shipped': { payment: 'paid' } } }],
    ['states.shipped.payment', { url, states: { shipped: { payment: 'settled' } } }],
    ['states.lost.issued', { url, states: { lost: { payment: 'failed', issued: true } } }],
    ['secret', { url, secret: 'KEY' }],
  ])('are unfit by %s: %o', (field, given) => {
    const verdict = judgeWooCommerceSettings(given);
    expect(verdict).toMatchObject({ kind: 'unfit', field });
    expect(JSON.stringify(verdict)).not.toContain('KEY');
  });
});
