import { setTimeout as wait } from 'node:timers/promises';
import { callerOf, piecesOf, receiptOf, stepTo, type Call } from '../channel/caller.js';
import { startManyShops, type ShopOfMany } from '../channel/many-shops.js';
import { startBenchService } from '../contestants/service.js';
import type { Bench } from '../support/bench.js';

const key32 = Buffer.alloc(32, 1).toString('base64');
const lookMillis = 1_000;
/** All listings are read, and all rows compared, once. */
const comparedMillisMax = 7_200_000;
/** Every channel hears of these. */
const movedSkus = 200;

const skuOf = (nth: number): string => `SKU-${String(nth).padStart(6, '0')}`;
const channelOf = (nth: number): string => `web${nth}`;

export const manyChannels: Bench = {
  name: 'many-channels',
  about: '100 shops of 10,000 listings each are compared by one process: the most memory that it takes',
  run: async ({ server, scope, size, say }) => {
    const channels = size(100, 3);
    const listings = size(Number(process.env['BENCH_LISTINGS'] ?? 10_000), 20);
    const shops = await startManyShops(scope, channels, listings);
    say(`${channels} shops of ${listings} listings are there`);
    const service = await startBenchService(await server.createDatabase('bench_many_channels'), scope, {
      CHANNEL_SECRETS_KEY: key32,
    });
    const call = callerOf(service.url, service.token);
    await fill(call, listings);
    for (const [nth, shop] of shops.entries()) await addChannel(call, channelOf(nth), shop);
    await service.settle(comparedMillisMax);
    for (const [nth, shop] of shops.entries()) await connect(call, channelOf(nth), shop);
    say('all listings are known to the ledger');
    const began = performance.now();
    for (const rung of ['observe', 'shadow']) for (const nth of shops.keys()) await stepTo(call, channelOf(nth), rung);
    await allCompared(call, channels, say);
    const seconds = (performance.now() - began) / 1_000;
    for (const piece of piecesOf(Array.from({ length: Math.min(movedSkus, listings) }, (_, nth) => skuOf(nth))))
      await call('POST', '/v1/movements/batch', { items: piece.map((sku) => receiptOf(sku, 1)) });
    await service.settle(comparedMillisMax);
    await allCompared(call, channels, say);
    return {
      name: 'many-channels',
      figures: { channels, listings: channels * listings, 'all compared (s)': seconds },
      expectations: [{ figure: 'most memory', value: await service.peakMegabytes(), unit: 'MiB', atMost: 1_024 }],
    };
  },
};

/** The ledger has 20 of each, where every shop shows 10. */
const fill = async (call: Call, skus: number): Promise<void> => {
  await call('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  for (const piece of piecesOf(Array.from({ length: skus }, (_, nth) => skuOf(nth))))
    await call('POST', '/v1/movements/batch', { items: piece.map((sku) => receiptOf(sku, 20)) });
};

const addChannel = async (call: Call, channel: string, { products }: ShopOfMany): Promise<void> => {
  await call('POST', '/v1/channels', { channel, connection: channel, locations: ['wh1'] });
  for (const piece of piecesOf(products.map((product, nth) => ({ sku: skuOf(nth), product }))))
    await call('PUT', `/v1/channels/${channel}/listings`, { listings: piece });
};

const connect = async (call: Call, channel: string, { url, key }: ShopOfMany): Promise<void> => {
  await call('POST', `/v1/channels/${channel}/connector`, {
    ...{ kind: 'prestashop', settings: { url }, secrets: { key }, reason: 'bench' },
  });
};

type Standing = { readonly worker: { readonly isRunning: boolean; readonly rows: number; readonly rowsDue: number } };

const allCompared = async (call: Call, channels: number, say: (text: string) => void): Promise<void> => {
  for (let left = comparedMillisMax, nth = 0; nth < channels;) {
    const { worker } = (await call('GET', `/v1/channels/${channelOf(nth)}/connector`)) as Standing;
    const log = (await call('GET', `/v1/sync-log?channel=${channelOf(nth)}&limit=1`)) as { rows: readonly unknown[] };
    if (worker.isRunning && worker.rowsDue === 0 && log.rows.length > 0) {
      nth += 1;
      if (nth % 10 === 0) say(`${nth} of ${channels} shops are compared`);
      continue;
    }
    if ((left -= lookMillis) <= 0) throw new Error('The shops were not compared in time');
    await wait(lookMillis);
  }
};
