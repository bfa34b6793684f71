import { afterEach, describe, expect, it } from 'vitest';
import { createGate } from '../shop/gates.js';
import { startWooCommerce, type WooCommerceOptions, type WooCommerceServer } from '../start.js';

/** For `expect.poll`: a machine that does much else is waited for. */
const waiting = { timeout: 60_000, interval: 5 };

const running: WooCommerceServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** A server with one product of a hundred. */
const start = async (options: WooCommerceOptions = {}) => {
  const server = await startWooCommerce(options);
  running.push(server);
  const { id } = server.shop.createProduct({ sku: 'MUG', stock: 100 });
  const authorization = `Basic ${Buffer.from(`${server.key}:${server.secret}`).toString('base64')}`;
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${server.url}/wp-json/wc/v3/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    ...{ server, id, ask },
    set: (stock: number) => ask('PUT', `products/${id}`, { stock_quantity: stock }),
    stock: () => server.shop.product(id).stock,
  };
};

describe('the server', () => {
  it('answers with what stands in the shop, and links to itself', async () => {
    const { server, id, ask, set, stock } = await start();
    expect((await set(7)).status).toBe(200);
    expect(stock()).toBe(7);
    const found = await ask('GET', 'products?sku=mug&_fields=id,stock_quantity');
    expect(await found.json()).toEqual([{ id, stock_quantity: 7 }]);
    expect(found.headers.get('x-wp-total')).toBe('1');
    expect(found.headers.get('link')).toBe(`<${server.url}/wp-json/>; rel="https://api.w.org/"`);
    expect(server.requests.all().map(({ method, status }) => [method, status])).toEqual([
      ['PUT', 200],
      ['GET', 200],
    ]);
  });

  it('looks at no keys where there was no TLS', async () => {
    const { set, stock } = await start({ isSecure: false });
    expect((await set(7)).status).toBe(401);
    expect(stock()).toBe(100);
  });

  it('tells what changed strictly after a second', async () => {
    let now = Date.UTC(2026, 0, 5, 10);
    const { id, ask, set } = await start({ now: () => now });
    now += 5_000;
    await set(7);
    const since = async (at: string): Promise<unknown> =>
      (await ask('GET', `products?modified_after=${at}&dates_are_gmt=true&_fields=id`)).json();
    expect(await since('2026-01-05T10:00:04')).toEqual([{ id }]);
    expect(await since('2026-01-05T10:00:05')).toEqual([]);
  });

  it('loses a sale to an addition that read before it and wrote after it', async () => {
    const { server, id, ask, stock } = await start();
    const gate = createGate(({ at }) => at === 'product');
    server.shop.pauseWith(gate.pause);
    const adding = ask('PUT', `products/${id}`, { inventory_delta: 50 });
    await expect.poll(gate.waiting, waiting).toBe(1);
    await server.shop.createOrder({ lines: [{ product: id, quantity: 1 }], status: 'processing' });
    expect(stock()).toBe(99);
    gate.open();
    await adding;
    expect(stock()).toBe(150);
  });
});

describe('faults', () => {
  it('with an error after the work: it is done', async () => {
    const { server, set, stock } = await start();
    server.faults.add({ fault: { kind: 'error_after_commit' }, times: 1 });
    expect((await set(7)).status).toBe(500);
    expect(stock()).toBe(7);
    expect((await set(8)).status).toBe(200);
  });

  it.each([
    [true, 7],
    [false, 100],
  ])('without an answer, done: %s', async (commits, after) => {
    const { server, set, stock } = await start();
    server.faults.add({ fault: { kind: 'reset', commits }, method: 'PUT', times: 1 });
    await expect(set(7)).rejects.toThrow('fetch failed');
    expect(stock()).toBe(after);
  });

  it('that hold a request until long after its client has gone', async () => {
    const { server, id, stock } = await start();
    server.faults.add({ fault: { kind: 'hold' }, times: 1 });
    const leaving = new AbortController();
    const asked = fetch(
      `${server.url}/wp-json/wc/v3/products/${id}?consumer_key=${server.key}&consumer_secret=${server.secret}`,
      {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '{"stock_quantity":7}',
        signal: leaving.signal,
      },
    );
    await expect.poll(server.faults.held, waiting).toBe(1);
    leaving.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(stock()).toBe(100);
    server.faults.release();
    await expect.poll(stock, waiting).toBe(7);
  });

  it('that break the connection at once, and carry the request out later', async () => {
    const { server, set, stock } = await start();
    server.faults.add({ fault: { kind: 'late' }, times: 1 });
    await expect(set(7)).rejects.toThrow('fetch failed');
    expect([stock(), server.faults.held()]).toEqual([100, 1]);
    server.faults.release();
    await expect.poll(stock, waiting).toBe(7);
  });

  it('of a shop in maintenance, until it is healed, and of one resource alone', async () => {
    const { server, ask, set, stock } = await start();
    const heal = server.faults.add({ fault: { kind: 'maintenance' }, resource: 'products' });
    const answer = await set(7);
    expect([answer.status, answer.headers.get('retry-after'), stock()]).toEqual([503, '600', 100]);
    expect((await ask('GET', 'orders')).status).toBe(200);
    heal();
    expect((await set(7)).status).toBe(200);
  });

  it('that make it slow, or a page', async () => {
    const { server, set, stock } = await start();
    server.faults.add({ fault: { kind: 'slow', ms: 1 }, times: 1 });
    expect((await set(7)).status).toBe(200);
    server.faults.add({ fault: { kind: 'html', status: 403 }, times: 1 });
    const page = await set(8);
    expect([page.status, page.headers.get('content-type'), stock()]).toEqual([403, 'text/html; charset=UTF-8', 7]);
  });
});
