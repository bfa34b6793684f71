import { expect, it } from 'vitest';
import { judgePrestashopSettings } from './prestashop-settings.js';

it.each([
  [{ url: 'https://shop.example' }, { url: 'https://shop.example/' }],
  [
    { url: 'https://shop.example/sub//', shopId: 2 },
    { url: 'https://shop.example/sub/', shopId: 2 },
  ],
  [{ url: 'http://127.0.0.1:8000/' }, { url: 'http://127.0.0.1:8000/' }],
  [{ url: 'http://localhost/' }, { url: 'http://localhost/' }],
  [{ url: 'http://[::1]/' }, { url: 'http://[::1]/' }],
])('%j fit', (given, settings) => {
  expect(judgePrestashopSettings(given)).toEqual({ kind: 'fit', settings });
});

it.each<[Readonly<Record<string, unknown>>, string]>([
  [{}, 'url'],
  [{ url: 'shop.example' }, 'url'],
  [{ url: 'http://shop.example/' }, 'url'],
  [{ url: 'http://127.shop.example/' }, 'url'],
  [{ url: 'ftp://127.0.0.1/' }, 'url'],
  [{ url: 'https://key@shop.example/' }, 'url'],
  [{ url: 'https://shop.example/?ws_key=1' }, 'url'],
  [{ url: 'https://shop.example/', shopId: 0 }, 'shopId'],
  [{ url: 'https://shop.example/', shopId: '1' }, 'shopId'],
  [{ url: 'https://shop.example/', key: 'secret' }, 'key'],
])('%j do not', (given, field) => {
  const verdict = judgePrestashopSettings(given);
  expect(verdict).toMatchObject({ kind: 'unfit', field });
  expect(JSON.stringify(verdict)).not.toContain('secret"');
});
