import { describe, expect, it } from 'vitest';
import { send } from '../replay/send.js';
import { authorization, useShop, waiting } from '../testing.js';
import type { Fault } from './faults.js';

const start = useShop();

describe('faults on demand', () => {
  it('500 after the row is written', async () => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault: { kind: 'error_after_commit' }, times: 1 });
    expect(await patch({ 6: 41 })).toMatchObject({ status: 500, body: '' });
    expect(quantityOf(6)).toBe(41);
    expect(await patch({ 6: 42 })).toMatchObject({ status: 200 });
  });

  it('a notice of PHP in the middle of a bulk write: rows before it stand, rows after it do not', async () => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault: { kind: 'notice', afterRows: 2 }, times: 1 });
    const { status, body } = await patch({ 6: 41, 7: 42, 8: 43 });
    expect([status, body.includes('<code><![CDATA[8]]></code>')]).toEqual([500, true]);
    expect([6, 7, 8].map(quantityOf)).toEqual([41, 42, 300]);
  });

  it.each<readonly [string, Fault, object]>([
    [
      'a page for people',
      { kind: 'html', status: 200 },
      { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
    ],
    ['maintenance', { kind: 'maintenance' }, { status: 503 }],
    [
      'a redirect',
      { kind: 'redirect', to: 'http://shop/api' },
      { status: 302, headers: { location: 'http://shop/api' } },
    ],
    ['a resource that is away', { kind: 'away', status: 500 }, { status: 500, body: '' }],
  ])('%s, and nothing done', async (_, fault, answer) => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault });
    expect(await patch({ 6: 41 })).toMatchObject(answer);
    expect(quantityOf(6)).toBe(300);
  });

  it('one resource away while the others work', async () => {
    const { server, ask } = await start();
    const heal = server.faults.add({ resource: 'orders', fault: { kind: 'away', status: 500 } });
    expect((await ask('GET', 'orders')).status).toBe(500);
    expect((await ask('GET', 'stock_availables?limit=1')).status).toBe(200);
    heal();
    expect((await ask('GET', 'orders')).status).toBe(200);
  });

  it('something printed before the XML', async () => {
    const { server, ask } = await start();
    server.faults.add({ fault: { kind: 'stray', text: '<br />Warning: x\n' } });
    const { body, headers } = await ask('GET', 'stock_availables/6');
    expect(body).toMatch(/^<br \/>Warning: x\n<\?xml/);
    expect(headers['content-type']).toBe('application/javascript');
  });

  it.each<readonly [string, Fault, number | undefined]>([
    ['the body ends too soon', { kind: 'truncate', bytes: 100 }, 41],
    ['a reset after the row is written', { kind: 'reset', commits: true }, 41],
    ['a reset before that', { kind: 'reset', commits: false }, 300],
  ])('%s', async (_, fault, quantity) => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault });
    await expect(patch({ 6: 41 })).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect(quantityOf(6)).toBe(quantity);
  });

  it('silence, with and without the row written, until the server ends', async () => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault: { kind: 'silence', commits: true }, times: 1 });
    server.faults.add({ fault: { kind: 'silence', commits: false }, times: 1, method: 'GET' });
    const unanswered = patch({ 6: 41 });
    await expect.poll(() => quantityOf(6), waiting).toBe(41);
    expect(server.requests.all()).toMatchObject([{ status: 0, rowsWritten: 1 }]);
    await server.stop();
    await expect(unanswered).rejects.toThrow();
  });

  it('slow: done at once, answered later', async () => {
    const { server, patch, quantityOf } = await start();
    const longerThanAnyTest = 3_600_000;
    server.faults.add({ fault: { kind: 'slow', ms: longerThanAnyTest }, times: 1 });
    const answered = patch({ 6: 41 });
    await expect.poll(() => quantityOf(6), waiting).toBe(41);
    await server.stop();
    await expect(answered).rejects.toThrow();
  });

  it('a write that lands after its client has gone', async () => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault: { kind: 'hold' }, method: 'PATCH', times: 1 });
    const abort = new AbortController();
    const gone = fetch(`${server.url}/api/stock_availables`, {
      method: 'PATCH',
      headers: { authorization: authorization(server.key) },
      body: '<prestashop><stock_available><id>6</id><quantity>41</quantity></stock_available></prestashop>',
      signal: abort.signal,
    });
    await expect.poll(() => server.faults.held(), waiting).toBe(1);
    abort.abort();
    await expect(gone).rejects.toThrow();
    await patch({ 6: 42 });
    expect(quantityOf(6)).toBe(42);
    server.faults.release();
    await expect.poll(() => quantityOf(6), waiting).toBe(41);
  });

  it('a write whose connection breaks at once, and that lands when nobody thinks of it any more', async () => {
    const { server, patch, quantityOf } = await start();
    server.faults.add({ fault: { kind: 'late' }, method: 'PATCH', times: 1 });
    await expect(patch({ 6: 41 })).rejects.toThrow(/hang up|ECONNRESET/);
    expect([server.faults.held(), quantityOf(6)]).toEqual([1, 300]);
    await patch({ 6: 42 });
    server.faults.release();
    await expect.poll(() => quantityOf(6), waiting).toBe(41);
    const causes = server.shop.writes.all().map(({ cause }) => cause.kind);
    expect(causes).toEqual(['request', 'request']);
  });
});

describe('what a person may set', () => {
  it('switches the webservice off', async () => {
    const { shop, ask } = await start();
    shop.configure('PS_WEBSERVICE', '0');
    expect((await ask('GET', 'shops')).status).toBe(503);
  });

  it('takes a right away', async () => {
    const { server, ask } = await start();
    server.keys.set(server.key, { active: true, rights: { stock_availables: ['GET'] } });
    expect((await ask('GET', 'orders')).status).toBe(401);
    expect((await ask('PATCH', 'stock_availables')).status).toBe(405);
  });

  it("puts the shop's clock wrong, and in its own zone", async () => {
    const { shop } = await start({ zone: 'Europe/Amsterdam' });
    shop.clock.stopAt(new Date('2026-03-29T00:59:59Z'));
    expect(shop.clock.local()).toBe('2026-03-29 01:59:59');
    shop.clock.skew(1000);
    expect(shop.clock.local()).toBe('2026-03-29 03:00:00');
  });
});

describe('what the server tells of its requests', () => {
  it('each row that was written, by which request, and what it was before', async () => {
    const { server, shop, patch } = await start();
    await patch({ 6: 41, 7: 42 });
    await shop.placeOrder({ lines: [{ id_product: 6, id_product_attribute: 0, quantity: 1 }], state: 10 });
    const told = shop.writes
      .all()
      .map(({ row, before, after, cause }) => [row, before.quantity, after.quantity, cause]);
    const request = server.requests.all()[0]?.id;
    expect(told).toEqual([
      [6, 300, 41, { kind: 'request', request }],
      [7, 300, 42, { kind: 'request', request }],
      [6, 41, 40, { kind: 'act', act: 'order' }],
    ]);
    expect(server.requests.all()).toMatchObject([
      { method: 'PATCH', resource: 'stock_availables', status: 200, rowsWritten: 2 },
    ]);
  });

  it('answers the same when it takes the time that was measured', async () => {
    const { server, patch } = await start({ costs: 'measured' });
    const slow = await patch({ 6: 41, 7: 42, 8: 43 });
    server.setCosts('none');
    expect((await patch({ 6: 41, 7: 42, 8: 43 })).body).toBe(slow.body);
    expect(server.requests.count()).toBe(2);
  });

  it('has no pages, and says that it does not model a resource', async () => {
    const { server, ask } = await start();
    expect((await send(server.url, { method: 'GET', path: '/' })).status).toBe(404);
    expect((await ask('GET', 'addresses')).status).toBe(501);
  });
});
