import { describe, expect, it } from 'vitest';
import { type RowChange } from '#channel-kit';
import { type Reply } from '../../../../shop-http/testing/replay-server.js';
import { patience, troubleOf, valueOf } from '../../testing/asking.js';
import { recordedReply } from '../../testing/replay/recorded-reply.js';
import { json, withReplies } from '../../testing/replay/with-replies.js';
import { usePort } from '../../testing/with-port.js';
import { createWooCommercePort } from './create-port.js';

const withPort = usePort();

const to = (quantity: number, ...rows: readonly string[]): readonly RowChange[] =>
  rows.map((row) => ({ row, quantity, expected: 0 }));

const made = async () => {
  const one = await withPort();
  const { shop } = one;
  const mug = shop.createProduct({ sku: 'MUG', stock: 10 }).id;
  const shirt = shop.createProduct({ sku: 'SHIRT', type: 'variable' }).id;
  const medium = shop.createProduct({ sku: 'SHIRT-M', type: 'variation', parent: shirt, stock: 10 }).id;
  const socks = shop.createProduct({ sku: 'SOCKS', type: 'variable', stock: 10 }).id;
  const small = shop.createProduct({ sku: 'SOCKS-S', type: 'variation', parent: socks }).id;
  const poster = shop.createProduct({ sku: 'POSTER' }).id;
  const write = (changes: readonly RowChange[]) => one.port.write(changes, patience());
  return { ...one, mug, shirt, medium, socks, small, poster, write };
};

const posts = ({ server }: Awaited<ReturnType<typeof made>>) =>
  server.requests.all().filter(({ method }) => method === 'POST').length;

describe('a write', () => {
  it('sets products in one request, and variations in one for each of their products', async () => {
    const shop = await made();
    const rows = [`${shop.mug}-0`, `${shop.socks}-0`, `${shop.shirt}-${shop.medium}`];
    expect(valueOf(await shop.write(to(4, ...rows)))).toEqual({ written: rows, failed: [] });
    expect([shop.mug, shop.socks, shop.medium].map((id) => shop.shop.product(id).stock)).toEqual([4, 4, 4]);
    expect(posts(shop)).toBe(2);
  });

  it.each([Number.NaN, 1.5, 2 ** 31, -(2 ** 31) - 1, 'abc' as unknown as number])(
    'of %s is refused here: in a batch the shop would make something of it',
    async (quantity) => {
      const shop = await made();
      await expect(shop.write(to(quantity, `${shop.mug}-0`))).rejects.toThrow(RangeError);
      expect(shop.server.requests.all()).toEqual([]);
    },
  );

  it('of a variation that its parent manages is not sent: the shop would keep a figure that nobody sees', async () => {
    const shop = await made();
    const row = `${shop.socks}-${shop.small}`;
    expect(valueOf(await shop.write(to(4, row)))).toMatchObject({
      written: [],
      failed: [{ row, code: 'row_missing' }],
    });
    expect([posts(shop), shop.shop.product(shop.small).stock, shop.shop.product(shop.socks).stock]).toEqual([
      0,
      null,
      10,
    ]);
  });

  it('of what the shop does not count is not sent, and counting is not switched on', async () => {
    const shop = await made();
    const row = `${shop.poster}-0`;
    expect(valueOf(await shop.write(to(4, row)))).toMatchObject({
      written: [],
      failed: [{ row, code: 'row_missing' }],
    });
    expect([posts(shop), shop.shop.product(shop.poster).manageStock]).toEqual([0, false]);
  });

  it('that the shop takes and ignores is no write', async () => {
    const shop = await made();
    const row = `${shop.mug}-0`;
    valueOf(await shop.port.readBack([row], patience()));
    shop.shop.context.products.set(shop.mug, { ...shop.shop.product(shop.mug), manageStock: false });
    expect(valueOf(await shop.write(to(4, row)))).toMatchObject({
      written: [],
      failed: [{ row, code: 'row_ignored' }],
    });
  });

  it('of a row that fails in a batch says so of this row alone', async () => {
    const shop = await made();
    const other = shop.shop.createProduct({ sku: 'CUP', stock: 10 }).id;
    const rows = [`${shop.mug}-0`, `${other}-0`];
    valueOf(await shop.port.readBack(rows, patience()));
    shop.shop.deleteProduct(shop.mug);
    expect(valueOf(await shop.write(to(4, ...rows)))).toMatchObject({
      written: [`${other}-0`],
      failed: [{ row: `${shop.mug}-0`, code: 'row_missing' }],
    });
  });

  it('whose second request is lost says what the first one did, and nothing of the rest', async () => {
    const shop = await made();
    const rows = [`${shop.mug}-0`, `${shop.shirt}-${shop.medium}`];
    let sent = 0;
    const send: typeof shop.client.send = (request, signal) => {
      sent += request.method === 'POST' ? 1 : 0;
      if (sent === 2) shop.server.faults.add({ fault: { kind: 'reset', commits: true }, method: 'POST', times: 1 });
      return shop.client.send(request, signal);
    };
    const port = createWooCommercePort({ client: { ...shop.client, send } });
    expect(valueOf(await port.write(to(4, ...rows), patience()))).toEqual({ written: [rows[0]], failed: [] });
    expect(shop.shop.product(shop.medium).stock).toBe(4);
  });
});

/** A shop that shows one product and answers so to a batch. */
const answering = (batch: Reply) =>
  withReplies(
    ({ method }) =>
      method === 'POST'
        ? batch
        : json([{ id: 12, parent_id: 0, manage_stock: true, stock_quantity: 3, backorders: 'no' }]),
    (client) => createWooCommercePort({ client }).write(to(4, '12-0'), patience()),
  );

describe('the answer to a batch', () => {
  it('that leaves a row out, or shows another figure for it, leaves open what came of it', async () => {
    const nothing = { written: [], failed: [] };
    expect(valueOf(await answering(json({ update: [] })))).toEqual(nothing);
    expect(valueOf(await answering(json({ update: [{ id: 12, manage_stock: true, stock_quantity: 9 }] })))).toEqual(
      nothing,
    );
  });

  it('that is none is an unknown outcome', async () => {
    expect(troubleOf(await answering(json([])))).toBe('unknown_outcome malformed');
  });

  it('that there were too many rows is a refusal of all of them: nothing was written', async () => {
    expect(valueOf(await answering(recordedReply('batch.101')))).toMatchObject({
      written: [],
      failed: [{ row: '12-0', code: 'refused' }],
    });
  });

  it('that refuses a row tells the code and words of the shop', async () => {
    const error = { code: 'woocommerce_rest_cannot_edit', message: 'Sorry.', data: { status: 403 } };
    expect(valueOf(await answering(json({ update: [{ id: 12, error }] })))).toMatchObject({
      failed: [
        {
          row: '12-0',
          code: 'refused',
          detail: expect.stringContaining('Sorry. (woocommerce_rest_cannot_edit)') as string,
        },
      ],
    });
  });
});
