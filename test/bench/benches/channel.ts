import { setTimeout as wait } from 'node:timers/promises';
import type { StockWrite } from '../../servers/prestashop/index.js';
import { receiptOf } from '../channel/caller.js';
import { openChannel, type BenchChannel } from '../channel/open-channel.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { seededRandom } from '../support/random.js';
import { latencyHistogram, percentilesOf, recordMillis } from '../support/statistics.js';

const seed = 20_261_122;
/** A shop that is not right by then never will be. */
const rightMillisMax = 1_200_000;
const lookMillis = 500;

export const channel: Bench = {
  name: 'channel',
  about:
    'a PrestaShop shop with the measured costs: all listings changed, all of them scanned, one change at an idle queue',
  run: async (context) => {
    const { size, say } = context;
    const listings = size(Number(process.env['BENCH_LISTINGS'] ?? 50_000), 60);
    const open = await openChannel(context, listings, { inShop: 10, inLedger: 20 });
    await climb(open);
    say(`${listings} listings are known and compared`);
    const pushed = await push(open);
    say(`all are written after ${Math.round(pushed.millis / 1_000)} s`);
    const scanned = await scan(open);
    const single = await oneByOne(open, context);
    return {
      name: 'channel',
      figures: {
        listings,
        'all written (s)': pushed.millis / 1_000,
        'requests of it': pushed.requests,
        'scan (s)': scanned.millis / 1_000,
        'one change, p50 (ms)': single.p50,
      },
      expectations: [
        { figure: 'all written', value: pushed.millis / 1_000, unit: 's', atMost: 150 },
        { figure: "the shop's time that it took", value: pushed.busyShare * 100, unit: '%', atMost: 50 },
        { figure: 'scan', value: scanned.millis / 1_000, unit: 's', atMost: 60 },
        { figure: 'one change, p99', value: single.p99, unit: 'ms', atMost: 300 },
      ],
    };
  },
};

/** Up to where everything is computed and nothing written, and until every listing was read and every row compared. */
const climb = async (open: BenchChannel): Promise<void> => {
  const { step, skus } = open;
  await step('observe');
  await step('shadow');
  await until(async () => (await listed(open)) === skus.length && (await isDone(open)));
  await step('canary');
};

/** Listings that the channel knows; none while its worker is started anew. */
const listed = async ({ call }: BenchChannel): Promise<number> => {
  const asked = call('POST', '/v1/channels/web/connector/resync', { dryRun: true, reason: 'bench' });
  const { counts } = (await asked.catch(() => ({}))) as { readonly counts?: { readonly rows: number } };
  return counts?.rows ?? 0;
};

const isDone = async ({ call }: BenchChannel): Promise<boolean> => {
  const { worker } = (await call('GET', '/v1/channels/web/connector')) as {
    worker: { isRunning: boolean; rowsDue: number };
  };
  return worker.isRunning && worker.rowsDue === 0;
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let left = rightMillisMax; !(await isSo()); left -= lookMillis) {
    if (left <= 0) throw new Error('It has not come to that in time');
    await wait(lookMillis);
  }
};

type Spent = { readonly millis: number; readonly requests: number; readonly busyShare: number };

/** What the shop was asked meanwhile, and for which share of the time it was busy with it. */
const measured = async ({ shop }: BenchChannel, work: () => Promise<void>): Promise<Spent> => {
  await shop.call('requests.clear');
  const began = performance.now();
  await work();
  const millis = performance.now() - began;
  const busy = (await shop.call('requests.totalMs')) as number;
  return { millis, requests: (await shop.call('requests.count')) as number, busyShare: busy / millis };
};

/** From the step that lets all be written until the last one is. */
const push = (open: BenchChannel): Promise<Spent> =>
  measured(open, async () => {
    await open.step('live');
    await until(async () => ((await open.shop.call('requests.rowsWritten')) as number) >= open.skus.length);
  });

const scan = (open: BenchChannel): Promise<Spent> =>
  measured(open, async () => {
    const { job } = (await open.call('POST', '/v1/channels/web/connector/resync', { reason: 'bench' })) as {
      job: string;
    };
    await until(async () => {
      const { state } = (await open.call('GET', `/v1/channels/web/connector/jobs/${job}`)) as { state: string };
      if (state === 'failed') throw new Error('The scan has failed');
      return state === 'done';
    });
  });

/** From before the request that appends it until the shop has written the row; nothing else is to be done meanwhile. */
const oneByOne = async (open: BenchChannel, { size }: BenchContext) => {
  const random = seededRandom(seed);
  const latency = latencyHistogram();
  for (let nth = 0; nth < size(100, 3); nth += 1) {
    await wait(random() * size(2_500, 50));
    const sku = open.skus[Math.floor(random() * open.skus.length)] ?? '';
    await open.shop.call('shop.writes.clear');
    const began = Date.now();
    await open.call('POST', '/v1/movements', receiptOf(sku, 1));
    let writes: readonly StockWrite[] = [];
    for (; writes.length === 0; writes = (await open.shop.call('shop.writes.all')) as readonly StockWrite[])
      await wait(20);
    recordMillis(latency, (writes[0]?.at ?? Date.now()) - began);
  }
  return percentilesOf(latency);
};
