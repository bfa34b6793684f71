import { setTimeout as wait } from 'node:timers/promises';
import type { Histogram } from 'hdr-histogram-js';
import { createLogger, readConfig } from '#platform';
import { openDatabase, type Services, startServices } from '#apps/standalone';
import { openShop, report } from '../service/shop.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { within } from '../support/deadline.js';
import { seededRandom } from '../support/random.js';
import { latencyHistogram, percentilesOf, recordMillis } from '../support/statistics.js';
import { createWatch, type Watch } from '../support/watch.js';

const seed = 20_260_303;
const perSecond = 1_000;
/** After the last command, this long may pass until it is announced. */
const lastMillisMax = 20_000;

export const latency: Bench = {
  name: 'latency',
  about: 'from the answer of a command to its announcement in the feed, 1,000 commands a second over 2,000 SKUs',
  run: async (context) => {
    const { ledger, availability } = await startWhole(context);
    await openShop(ledger);
    const watch = createWatch();
    const stop = new AbortController();
    const reading = readFeed(availability, watch, stop.signal);
    const answers = await send(ledger, context, watch);
    await within('the last announcement', lastMillisMax, emptied(watch));
    stop.abort();
    await reading;
    const [answered, announced] = [percentilesOf(answers), percentilesOf(watch.latency)];
    return {
      name: 'latency',
      figures: {
        commands: watch.latency.totalCount,
        'answer p50 (ms)': answered.p50,
        'answer p99 (ms)': answered.p99,
        'answer to announced p50 (ms)': announced.p50,
      },
      expectations: [{ figure: 'answer to announced p99', value: announced.p99, unit: 'ms', atMost: 50 }],
    };
  },
};

/** Write side and read side as the service runs them, without HTTP. */
const startWhole = async ({ server, scope, say }: BenchContext): Promise<Services> => {
  const config = readConfig({ DATABASE_URL: await server.createDatabase('bench_latency') });
  const logger = createLogger('warn', say, () => new Date().toISOString());
  const { serviceUrl } = await openDatabase(config, logger);
  const services = await startServices(serviceUrl, config, logger);
  scope.add('the services', services.stop);
  return services;
};

/** Sends at a steady pace, whether or not answers come: the pace is the world's. The first seconds warm up. */
const send = async (ledger: Services['ledger'], { scale, size }: BenchContext, watch: Watch): Promise<Histogram> => {
  const random = seededRandom(seed);
  const skus = size(2_000, 20);
  const answers = latencyHistogram();
  const countsFrom = performance.now() + size(2_000, 50);
  const sendOne = async (): Promise<void> => {
    const [sku, sentAt] = [`sku-${Math.floor(random() * skus)}`, performance.now()];
    const { position } = await report(ledger, sku, 1);
    const atMs = performance.now();
    if (sentAt < countsFrom || position === undefined) return;
    recordMillis(answers, atMs - sentAt);
    watch.answered(sku, { position, atMs });
  };
  await paced(countsFrom + scale.rounds * scale.roundMillis, sendOne);
  return answers;
};

const paced = async (untilMs: number, sendOne: () => Promise<void>): Promise<void> => {
  const startedAt = performance.now();
  const open: Promise<void>[] = [];
  for (let now = startedAt; now < untilMs; now = performance.now()) {
    const due = Math.floor(((now - startedAt) / 1_000) * perSecond);
    while (open.length < due) open.push(sendOne());
    await wait(1);
  }
  await Promise.all(open);
};

/** Reads the feed as a subscriber does. */
const readFeed = async ({ queries }: Services['availability'], watch: Watch, signal: AbortSignal): Promise<void> => {
  let after = await queries.lastSequence();
  while (!signal.aborted) {
    const changes = await queries.changes({ after, limit: 1_000, waitMillis: 1_000, signal });
    const atMs = performance.now();
    for (const { sku, position } of changes) watch.announced(sku, position, atMs);
    after = changes.at(-1)?.sequence ?? after;
  }
};

const emptied = async (watch: Watch): Promise<void> => {
  while (watch.waiting() > 0) await wait(5);
};
