import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPrestashop, type PrestashopServer } from '../servers/prestashop/index.js';
import { receipt, startServer, type LedgerServer } from './harness.js';

/* The thinnest line through all of it: a shop is added over HTTP, climbs its ladder, is set right, sells and is restocked. */

let ledger: LedgerServer;
let server: PrestashopServer;
let product: number;

const shown = (): number | undefined =>
  server.shop.tables.stock.where(product).find((row) => row.id_product_attribute === 0)?.quantity;
const written = (): readonly number[] =>
  server.shop.writes
    .all()
    .filter(({ after, cause }) => after.id_product === product && cause.kind === 'request')
    .map(({ after }) => after.quantity);

const receive = (quantity: number, sourceKey: string): Promise<unknown> =>
  ledger.ok('POST', '/v1/movements', receipt({ sku: 'MUG', quantity, sourceKey }));

const step = async (rung: string): Promise<void> => {
  const { connection } = (await ledger.ok('GET', '/v1/channels/web/connector')) as { connection: { revision: number } };
  const body = { rung, revision: connection.revision, reason: 'test', ...(rung === 'canary' && { percent: 100 }) };
  await ledger.ok('PUT', '/v1/channels/web/connector/ladder', body);
};

beforeAll(async () => {
  server = await startPrestashop({ version: '8.2', seed: 'demo' });
  product = server.shop.createProduct({ reference: 'MUG', quantity: 3 });
  ledger = await startServer({ env: { CHANNEL_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64') } });
  await ledger.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await ledger.ok('POST', '/v1/channels', { channel: 'web', connection: 'shop', locations: ['wh1'] });
  await ledger.ok('PUT', '/v1/channels/web/listings', { listings: [{ product: String(product), sku: 'MUG' }] });
  await ledger.ok('POST', '/v1/channels/web/connector', {
    ...{ kind: 'prestashop', settings: { url: server.url }, secrets: { key: server.key }, reason: 'test' },
  });
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  await server.stop();
});

describe('a shop that is added over HTTP', () => {
  it('is written nothing on the way up, and is set right on top', async () => {
    for (const rung of ['observe', 'shadow', 'canary']) {
      await step(rung);
      expect(written()).toEqual([]);
    }
    await receive(12, 'r1');
    await step('live');
    await expect.poll(shown, { timeout: 30_000 }).toBe(12);
  });

  it('sells, and its orders are committed in the ledger', async () => {
    const before = written().length;
    const line = { id_product: product, id_product_attribute: 0, quantity: 5 };
    await server.shop.placeOrder({ lines: [line], state: 2 });
    const committed = (): Promise<unknown> => ledger.ok('GET', '/v1/stock/MUG');
    await expect.poll(committed, { timeout: 30_000 }).toMatchObject({ locations: [{ committed: 5, sellable: 7 }] });
    await receive(3, 'r2');
    await expect.poll(shown, { timeout: 30_000 }).toBe(10);
    expect(written().slice(before)).toEqual([10]);
  });
});
