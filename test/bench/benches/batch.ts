import { startBenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import type { Bench } from '../support/bench.js';
import { contest } from '../support/contest.js';
import { overHttp } from '../support/http-load.js';
import { seededRandom } from '../support/random.js';

const connections = 8;
const seed = 20_260_302;

/** The body of one batch: receipts of SKUs picked at random, each under a key of its own. */
const batches = (skus: number, items: number): (() => string) => {
  const random = seededRandom(seed);
  let receipts = 0;
  const item = () => ({
    kind: 'receipt',
    sku: `sku-${Math.floor(random() * skus)}`,
    location: place.location,
    quantity: 1,
    sourceKey: `delivery-${(receipts += 1)}`,
  });
  return () => JSON.stringify({ items: Array.from({ length: items }, item) });
};

export const batch: Bench = {
  name: 'batch',
  about: 'movements in batches of 500 over HTTP, 8 connections, 1,000 SKUs',
  run: async ({ server, scale, size, scope, say }) => {
    const { url, token, settle } = await startBenchService(await server.createDatabase('bench_batch'), scope);
    const [skus, items] = [size(1_000, 10), size(500, 10)];
    const bodyOf = batches(skus, items);
    const next = () => ({ path: '/v1/movements/batch', body: bodyOf() });
    const load = { url, method: 'POST', token, connections, next, unitsPerRequest: items } as const;
    const standings = await contest([{ name: 'batches', run: overHttp(load), settle }], scale, say);
    const perSecond = standings[0]?.perSecond ?? Number.NaN;
    return {
      name: 'batch',
      standings,
      figures: { 'movements a request': items, connections },
      expectations: [{ figure: 'movements', value: perSecond, unit: '/s', atLeast: 30_000 }],
    };
  },
};
