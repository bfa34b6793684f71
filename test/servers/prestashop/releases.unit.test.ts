import { get } from 'node:https';
import { describe, expect, it } from 'vitest';
import { createCertificate } from '../eventstoredb/tls/certificate.js';
import { send } from './replay/send.js';
import { authorization, useShop } from './testing.js';

const start = useShop();

describe('release 1.7.8', () => {
  it('does not know PATCH, and says so', async () => {
    const { patch, ask, quantityOf } = await start({ version: '1.7.8' });
    const { status, body, headers } = await patch({ 6: 41 });
    expect([status, headers['psws-version']]).toEqual([405, '1.7.8.11']);
    expect(body).toContain('<code><![CDATA[23]]></code>\n<message><![CDATA[Method PATCH is not valid]]></message>');
    const whole = (await ask('GET', 'stock_availables/6')).body.replace('CDATA[300]', 'CDATA[41]');
    expect((await ask('PUT', 'stock_availables/6', whole)).status).toBe(200);
    expect(quantityOf(6)).toBe(41);
  });
});

describe('a conditional request', () => {
  it.each([
    ['1.7.8', 200],
    ['8.2', 304],
  ] as const)('is answered by %s with %i', async (version, status) => {
    const { server, ask } = await start({ version });
    const hash = (await ask('GET', 'shops')).headers['content-sha1'] ?? '';
    const headers = { authorization: authorization(server.key), 'local-content-sha1': hash };
    expect((await send(server.url, { method: 'GET', path: '/api/shops', headers })).status).toBe(status);
  });
});

describe('TLS', () => {
  it('with a certificate from outside', async () => {
    const { key, certificate } = createCertificate();
    const { server } = await start({ tls: { key, cert: certificate } });
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: authorization(server.key) };
      get(`${server.url}/api/shops`, { ca: certificate, headers }, ({ statusCode }) => resolve(statusCode)).on(
        'error',
        reject,
      );
    });
    expect([status, server.url.startsWith('https://127.0.0.1:')]).toEqual([200, true]);
  });
});

describe('several at once', () => {
  it('stand beside each other', async () => {
    const [first, second] = [await start(), await start({ version: '9.1' })];
    await first.patch({ 6: 41 });
    expect([first.quantityOf(6), second.quantityOf(6)]).toEqual([41, 300]);
  });
});

describe('a slip that is made through the webservice', () => {
  it('names its four sums, or is refused', async () => {
    const { server, ask } = await start({ version: '8.2' });
    const { id } = await server.shop.placeOrder({
      lines: [{ id_product: 6, id_product_attribute: 0, quantity: 1 }],
      state: 2,
      shop: 1,
      by: 'shopper',
    });
    const slip = (sums: readonly string[]) =>
      `<id_customer>2</id_customer><id_order>${id}</id_order><conversion_rate>1</conversion_rate>${sums.map((sum) => `<total_${sum}>1</total_${sum}>`).join('')}`;
    const post = (sums: readonly string[]) =>
      ask('POST', 'order_slip', `<prestashop><order_slip>${slip(sums)}</order_slip></prestashop>`);
    const three = ['products_tax_excl', 'products_tax_incl', 'shipping_tax_excl'];
    const refused = await post(three);
    expect([refused.status, refused.body]).toEqual([
      400,
      expect.stringContaining('parameter "total_shipping_tax_incl" required'),
    ]);
    expect((await post([...three, 'shipping_tax_incl'])).status).toBe(201);
  });
});
