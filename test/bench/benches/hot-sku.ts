import { receive, reserve, startBenchLedger } from '../contestants/ledger.js';
import { naiveAppendContestant } from '../contestants/naive-append.js';
import { redisContestant, redisVersion } from '../contestants/redis.js';
import { rowLockContestant } from '../contestants/row-lock.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { contest, type Contestant, inLoops, ratioOf, type Standing } from '../support/contest.js';
import type { Expectation, Report } from '../support/report.js';

const callers = 64;

/** Every round has a SKU of its own: what a round leaves behind (its open holds) is not the next one's burden. */
const ledgerContestant = async (url: string, { scope, say }: BenchContext): Promise<Contestant> => {
  const ledger = await startBenchLedger(url, scope, say);
  let [sku, carts] = ['', 0];
  return {
    name: 'ledger',
    prepare: (round) => receive(ledger, (sku = `sku-${round}`)),
    run: inLoops(callers, () => reserve(ledger, sku, `cart-${(carts += 1)}`)),
    settle: ledger.settle,
  };
};

const contestantsOf = async (context: BenchContext): Promise<Contestant[]> => {
  const { server, scope } = context;
  return [
    await ledgerContestant(await server.createDatabase('bench_ledger'), context),
    await rowLockContestant(
      await server.createDatabase('bench_row_lock'),
      {
        skus: 1,
        skuOf: () => 'sku-0',
        callers,
      },
      scope,
    ),
    await naiveAppendContestant(await server.createDatabase('bench_naive'), { callers }, scope),
    ...(redisVersion() === undefined ? [] : [await redisContestant(callers, scope)]),
  ];
};

export const hotSku: Bench = {
  name: 'hot-sku',
  about: 'reservations of one SKU in process, 64 callers, against a row lock, a naive append and Redis',
  run: async (context) => {
    const standings = await contest(await contestantsOf(context), context.scale, context.say);
    return reportOf(standings);
  },
};

const reportOf = (standings: readonly Standing[]): Report => {
  const [ledger, rowLock, naive, redis] = standings;
  if (ledger === undefined || rowLock === undefined || naive === undefined) throw new Error('A contestant is missing');
  const against = (figure: string, other: Standing, atLeast?: number): Expectation => ({
    figure,
    value: ratioOf(ledger, other),
    unit: 'x',
    ...(atLeast !== undefined && { atLeast }),
  });
  return {
    name: 'hot-sku',
    standings,
    figures: { 'ledger / naive append': ratioOf(ledger, naive) },
    expectations: [
      against('ledger / row lock', rowLock, 20),
      ...(redis ? [against('ledger / redis, appendfsync always', redis, 1.5)] : []),
    ],
    notes: redis ? [] : ['redis-server is not installed: left out'],
  };
};
