import { randomBytes } from 'node:crypto';
import { startPrestashop, type PrestashopServer } from '../../servers/prestashop/index.js';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import { shopOf, type ChannelShop } from '../channel/channel-shop.js';
import { startBenchService } from '../contestants/service.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { latencyHistogram, percentilesOf, recordMillis } from '../support/statistics.js';

/** Every row has to come to its figure within this. */
const rowsMillisMax = 1_800_000;
const oneMillisMax = 60_000;

/** Before the change every row shows this much, and after it the cap. */
const units = 10;
const cap = 5;
/** What one of them shows after its own change. */
const left = 3;

export const channel: Bench = {
  name: 'channel',
  about: 'a shop of 50,000 listings: all of them changed, one of them changed, all of them read and compared',
  run: async (context) => {
    const { size, say } = context;
    const listings = size(50_000, 30);
    const { server, shop } = await open(context, listings);
    say('every listing is set for the first time');
    await reached(server, shop, units);
    say('every listing changes');
    const changed = await changeAll(server, shop);
    say('one listing changes, again and again');
    const latency = await changeOne(server, shop, size(200, 3));
    say('every listing is read and compared');
    const scanSeconds = await shop.reconcile(rowsMillisMax);
    const { p50, p99, max } = percentilesOf(latency);
    return {
      name: 'channel',
      figures: {
        listings,
        'requests for all changes': changed.requests,
        'one change written p50 (ms)': p50,
        'one change written max (ms)': max,
      },
      expectations: [
        { figure: 'all changes written', value: changed.seconds, unit: 's', atMost: 150 },
        { figure: "share of the shop's time, all changes", value: changed.share, unit: '', atMost: 0.5 },
        { figure: 'one change written p99', value: p99, unit: 'ms', atMost: 300 },
        { figure: 'all listings compared', value: scanSeconds, unit: 's', atMost: 60 },
      ],
      notes: ['The shop takes the time that was measured on real ones, and shares the machine with all else.'],
    };
  },
};

type Opened = { readonly server: PrestashopServer; readonly shop: ChannelShop };

const open = async ({ server: databases, scope, say }: BenchContext, listings: number): Promise<Opened> => {
  say(`a shop with ${listings} products`);
  const server = await startPrestashop({ version: '8.2' });
  scope.add('the shop', server.stop);
  const products = Array.from({ length: listings }, (_, at) =>
    server.shop.createProduct({ reference: `sku-${at}`, quantity: 0 }),
  );
  const settings = { CHANNEL_SECRETS_KEY: randomBytes(32).toString('base64') };
  const service = await startBenchService(await databases.createDatabase('bench_channel'), scope, settings);
  const shop = shopOf(service, products);
  say('the ledger is told of all of them');
  await shop.stock(units);
  await shop.connect(server);
  server.setCosts('measured');
  return { server, shop };
};

const quantityOf = ({ shop }: PrestashopServer, product: number): number | undefined =>
  shop.stockOf({ id_product: product, id_product_attribute: 0 })?.quantity;

const reached = async (server: PrestashopServer, { products }: ChannelShop, quantity: number): Promise<void> => {
  const isReached = (): boolean => products.every((product) => quantityOf(server, product) === quantity);
  if (!(await becomesTrue(isReached, rowsMillisMax))) throw new Error('Not every row came to its figure');
};

/** From the change of the channel until the last row shows it; with the share of that time in which the shop was asked. */
const changeAll = async (server: PrestashopServer, shop: ChannelShop) => {
  server.requests.clear();
  const startedAt = performance.now();
  await shop.capAt(cap);
  await reached(server, shop, cap);
  const millis = performance.now() - startedAt;
  const { requests } = server;
  return { seconds: millis / 1_000, share: requests.totalMs() / millis, requests: requests.count() };
};

/** From the answer of a command to the writing of its row, with nothing else to do. At most a change a listing. */
const changeOne = async (server: PrestashopServer, shop: ChannelShop, times: number) => {
  const latency = latencyHistogram();
  for (const [at, product] of shop.products.slice(0, times).entries()) {
    server.shop.writes.clear();
    const answeredAt = await shop.issue(at, units - left);
    const isWritten = (): boolean => quantityOf(server, product) === left;
    if (!(await becomesTrue(isWritten, oneMillisMax))) throw new Error('The row was not written');
    const write = server.shop.writes.all().findLast(({ after }) => after.id_product === product);
    recordMillis(latency, Math.max(0, (write?.at ?? Number.NaN) - answeredAt));
  }
  return latency;
};
