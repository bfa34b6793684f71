import { describe, expect, it } from 'vitest';
import { type RowChange } from '#channel-kit';
import { patience, surveyAsked, troubleOf, valueOf } from '../../testing/asking.js';
import { json, withReplies } from '../../testing/replay/with-replies.js';
import { usePort } from '../../testing/with-port.js';
import { createWooCommercePort } from './create-port.js';

const withPort = usePort();

const opened = async (hasPlugin: boolean) => {
  const one = await withPort({ hasPlugin });
  const { port, shop, server } = one;
  const mug = shop.createProduct({ sku: 'MUG', stock: 10 }).id;
  const shirt = shop.createProduct({ sku: 'SHIRT', type: 'variable' }).id;
  const medium = shop.createProduct({ sku: 'SHIRT-M', type: 'variation', parent: shirt, stock: 10 }).id;
  const survey = async () => valueOf(await port.survey(surveyAsked, patience()));
  const write = (...changes: readonly RowChange[]) => port.write(changes, patience());
  const posted = () => server.requests.all().flatMap(({ method, path }) => (method === 'POST' ? [path] : []));
  const notice = async () => (await survey()).notices.find(({ code }) => code === 'plugin_gone')?.detail;
  return { ...one, mug, shirt, medium, survey, write, posted, notice };
};

/** What a survey asks of a shop with the plugin: one answer has both, its routes and a setting. */
const surveyed = json({ routes: { '/wc-stockledger/v1/stock': {} }, value: '60' });

const route = '/wp-json/wc-stockledger/v1/stock';
const batch = '/wp-json/wc/v3/products/batch';

describe('a shop with the plugin', () => {
  it('is known by a survey, and compares before it sets from then on', async () => {
    const { port, survey } = await opened(true);
    expect(port.capabilities.comparesAndSets).toBe(false);
    await survey();
    expect(port.capabilities.comparesAndSets).toBe(true);
  });

  it('takes products and variations in one request, each where it shows what is expected', async () => {
    const { shop, mug, shirt, medium, survey, write, posted } = await opened(true);
    await survey();
    const rows = [`${mug}-0`, `${shirt}-${medium}`] as const;
    const answer = await write({ row: rows[0], expected: 10, quantity: 4 }, { row: rows[1], expected: 9, quantity: 4 });
    expect(valueOf(answer)).toEqual({
      written: [rows[0]],
      failed: [{ row: rows[1], code: 'conflict', detail: 'The row shows 10.' }],
    });
    expect([shop.product(mug).stock, shop.product(medium).stock, posted()]).toEqual([4, 10, [route]]);
  });

  it('says of each row that it cannot set why not', async () => {
    const { shop, survey, write } = await opened(true);
    await survey();
    const poster = shop.createProduct({ sku: 'POSTER' }).id;
    const socks = shop.createProduct({ sku: 'SOCKS', type: 'variable', stock: 10 }).id;
    const small = shop.createProduct({ sku: 'SOCKS-S', type: 'variation', parent: socks }).id;
    const rows = [`${poster}-0`, `${socks}-${small}`, '999999-0'];
    const answer = valueOf(await write(...rows.map((row) => ({ row, expected: 10, quantity: 4 }))));
    expect([answer.written, answer.failed.map(({ code }) => code)]).toEqual([
      [],
      ['row_ignored', 'row_missing', 'row_missing'],
    ]);
  });

  it('that shows what no row should is set without a condition', async () => {
    const { shop, mug, survey, write, posted } = await opened(true);
    await survey();
    shop.setStock(mug, 9_007_199_254);
    const row = `${mug}-0`;
    valueOf(await write({ row, expected: 9_007_199_254, quantity: 4 }));
    expect([shop.product(mug).stock, posted()]).toEqual([4, [batch]]);
  });

  it('is refused more rows than one request holds, as any shop is', async () => {
    const { mug, survey, write } = await opened(true);
    await survey();
    const many = Array.from({ length: 101 }, () => ({ row: `${mug}-0`, expected: 10, quantity: 4 }));
    await expect(write(...many)).rejects.toThrow(RangeError);
  });
});

describe('a plugin that goes', () => {
  it('is found by the next write, which sets its rows as without it; people are told until it is back', async () => {
    const { shop, port, mug, survey, write, posted, notice } = await opened(true);
    await survey();
    shop.configure({ hasPlugin: false });
    const row = `${mug}-0`;
    expect(valueOf(await write({ row, expected: 3, quantity: 4 }))).toEqual({ written: [row], failed: [] });
    expect([shop.product(mug).stock, posted(), port.capabilities.comparesAndSets]).toEqual([4, [route, batch], false]);
    expect([await notice(), await notice()]).toEqual([
      expect.stringContaining('plugin'),
      expect.stringContaining('plugin'),
    ]);
    shop.configure({ hasPlugin: true });
    expect([await notice(), port.capabilities.comparesAndSets]).toEqual([undefined, true]);
  });

  it('is no trouble where there never was one', async () => {
    const { port, notice } = await opened(false);
    expect([await notice(), port.capabilities.comparesAndSets]).toEqual([undefined, false]);
  });

  it('together with WooCommerce is trouble', async () => {
    const offline = json({ code: 'rest_no_route', message: 'No route', data: { status: 404 } }, 404);
    let reply = surveyed;
    await withReplies(
      () => reply,
      async (client) => {
        const port = createWooCommercePort({ client });
        valueOf(await port.survey(surveyAsked, patience()));
        reply = offline;
        const answer = await port.write([{ row: '12-0', expected: 1, quantity: 2 }], patience());
        expect(troubleOf(answer)).toBe('misconfigured woocommerce_off');
      },
    );
  });
});

describe('what the plugin answers', () => {
  const written = (answer: unknown) =>
    withReplies(
      ({ url }) => (url.endsWith('/stock') ? json(answer) : surveyed),
      async (client) => {
        const port = createWooCommercePort({ client });
        valueOf(await port.survey(surveyAsked, patience()));
        return port.write([{ row: '12-0', expected: 1, quantity: 2 }], patience());
      },
    );

  it.each([
    ['of a row that its database did not do', { rows: [{ id: 12, result: 'failed', quantity: 1 }] }],
    ['of other rows', { rows: [{ id: 13, result: 'written', quantity: 2 }] }],
  ])('%s leaves open whether it stands', async (_, answer) => {
    expect(valueOf(await written(answer))).toEqual({ written: [], failed: [] });
  });

  it.each([[{}], [{ rows: [{ id: 12, result: 3 }] }], [[]]])('and makes no sense, as %j, may stand', async (answer) => {
    expect(troubleOf(await written(answer))).toBe('unknown_outcome malformed');
  });
});
