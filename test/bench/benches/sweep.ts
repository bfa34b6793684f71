import { setTimeout as wait } from 'node:timers/promises';
import { createPool } from '#postgres';
import { startBenchService, type BenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { within } from '../support/deadline.js';
import { createScope } from '../support/scope.js';
import { percentilesOf } from '../support/statistics.js';
import { drain, sweptAll, toldOf } from '../sweep/announcing.js';
import { loadSkus } from '../sweep/load-skus.js';
import { putTo } from '../sweep/put-to.js';
import { type Latencies, startSales } from '../sweep/sales.js';

/** SKUs that are sold meanwhile, spread over all. */
const saleSkus = 100;
/** What every SKU shows after the change. */
const cap = 5;
/** Loading, projecting and announcing a million SKUs for the first time takes minutes. */
const readyMillisMax = 3_600_000;
const sweepMillisMax = 3_600_000;

const skuOf = (index: number): string => `sku-${index}`;

export const sweep: Bench = {
  name: 'sweep',
  about: 'a policy change over 1,000,000 SKUs announces every difference while sales go on',
  run: async (context) => {
    const { server, scope, size, say } = context;
    const skus = size(1_000_000, 3_000);
    const url = await server.createDatabase('bench_sweep');
    await load(url, skus, say);
    const service = await startBenchService(url, scope);
    const pool = createPool({ url, applicationName: 'bench sweep', max: 2 });
    scope.add('the pool', () => pool.end());
    say('the read side catches up, and says everything for the first time');
    await service.settle(readyMillisMax);
    await drain(pool, say);
    const sales = startSales(service, soldOf(skus));
    scope.add('the sales', sales.stop);
    await wait(context.scale.roundMillis * context.scale.rounds);
    const before = sales.part();
    say('the policy changes');
    const startedAt = performance.now();
    await changePolicy(service);
    await service.settle();
    await within('the sweep', sweepMillisMax, sweptAll(pool));
    const seconds = (performance.now() - startedAt) / 1_000;
    await sales.stop();
    const { pairs, wrong } = await toldOf(pool, place.channel, cap);
    const peak = await service.peakMegabytes();
    return reportOf({ skus, seconds, pairs, wrong, peak, before, during: sales.part() });
  },
};

const soldOf = (skus: number): readonly string[] =>
  Array.from({ length: saleSkus }, (_, index) => skuOf(index * Math.floor(skus / saleSkus)));

const load = async (url: string, skus: number, say: BenchContext['say']): Promise<void> => {
  const own = createScope(say);
  try {
    await loadSkus(
      url,
      Array.from({ length: skus }, (_, index) => skuOf(index)),
      own,
      say,
    );
  } finally {
    await own.close();
  }
};

const changePolicy = async (service: BenchService): Promise<void> => {
  const { channel, location } = place;
  const terms = { revision: 0, locations: [location], reservationTtlSeconds: 900, splitCarts: false };
  await putTo(service, `/v1/channels/${channel}`, { ...terms, cap: { units: cap } });
};

type Measured = {
  readonly skus: number;
  readonly seconds: number;
  readonly pairs: number;
  readonly wrong: number;
  readonly peak: number;
  readonly before: Latencies;
  readonly during: Latencies;
};

const reportOf = ({ skus, seconds, pairs, wrong, peak, before, during }: Measured) => {
  const [quiet, sweeping] = [percentilesOf(before.announced), percentilesOf(during.announced)];
  return {
    name: 'sweep',
    figures: {
      SKUs: skus,
      'pairs announced': pairs,
      'sweep (s)': seconds,
      'pairs announced a second': pairs / seconds,
      'sales during the sweep': during.announced.totalCount,
      'sale answered p99, before (ms)': percentilesOf(before.answers).p99,
      'sale answered p99, during (ms)': percentilesOf(during.answers).p99,
      'answer to announced p50, before (ms)': quiet.p50,
      'answer to announced p99, before (ms)': quiet.p99,
      'answer to announced p50, during (ms)': sweeping.p50,
      'answer to announced max, during (ms)': sweeping.max,
    },
    expectations: [
      { figure: 'pairs not announced as they are', value: wrong, unit: '', atMost: 0 },
      { figure: 'answer to announced p99, during', value: sweeping.p99, unit: 'ms', atMost: 200 },
      { figure: 'memory of the service, peak', value: peak, unit: 'MiB', atMost: 1_000 },
    ],
    notes: [
      'The SKUs were decided, sealed and appended in pieces of 2,000 streams, without lanes; all else is the service itself.',
      'Before the change everything was announced once; a second announcer, without rests, helped with that.',
    ],
  };
};
