import { receive, reserve, startBenchLedger } from '../contestants/ledger.js';
import { rowLockContestant } from '../contestants/row-lock.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { contest, type Contestant, inLoops, ratioOf } from '../support/contest.js';
import { seededRandom } from '../support/random.js';

const callersFull = 512;
const seed = 20_260_301;

type Size = { readonly skus: number; readonly callers: number; readonly skuOf: () => string };

const ledgerContestant = async (
  url: string,
  { skus, callers, skuOf }: Size,
  { scope, say }: BenchContext,
): Promise<Contestant> => {
  const ledger = await startBenchLedger(url, scope, say);
  await Promise.all(Array.from({ length: skus }, (_, index) => receive(ledger, `sku-${index}`)));
  let carts = 0;
  return {
    name: 'ledger',
    run: inLoops(callers, () => reserve(ledger, skuOf(), `cart-${(carts += 1)}`)),
    settle: ledger.settle,
  };
};

/** Callers pick SKUs at random, each contestant by the same seed. */
const pickSku = (skus: number): (() => string) => {
  const random = seededRandom(seed);
  return () => `sku-${Math.floor(random() * skus)}`;
};

export const wide: Bench = {
  name: 'wide',
  about: 'reservations over 10,000 SKUs in process, 512 callers, against a row lock',
  run: async (context) => {
    const { server, scale, size, scope, say } = context;
    const skus = size(10_000, 100);
    const callers = size(callersFull, 16);
    const sizeOf = (): Size => ({ skus, callers, skuOf: pickSku(skus) });
    const standings = await contest(
      [
        await ledgerContestant(await server.createDatabase('bench_ledger'), sizeOf(), context),
        await rowLockContestant(
          await server.createDatabase('bench_row_lock'),
          {
            ...sizeOf(),
          },
          scope,
        ),
      ],
      scale,
      say,
    );
    const [ledger, rowLock] = standings;
    if (ledger === undefined || rowLock === undefined) throw new Error('A contestant is missing');
    return {
      name: 'wide',
      standings,
      expectations: [{ figure: 'ledger / row lock', value: ratioOf(ledger, rowLock), unit: 'x', atLeast: 4 }],
    };
  },
};
