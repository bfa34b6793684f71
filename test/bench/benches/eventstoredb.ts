import { randomUUID } from 'node:crypto';
import { createEventStoreDbStore } from '#event-store/eventstoredb';
import { receive, reserve, startBenchLedgerOn } from '../contestants/ledger.js';
import { bareAppends } from '../eventstoredb/bare-appends.js';
import { eventServer } from '../eventstoredb/event-server.js';
import { measured, meanOf, type Sizes } from '../eventstoredb/sizes.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { contest, type Contestant, inLoops, ratioOf, type Standing } from '../support/contest.js';
import type { Report } from '../support/report.js';

type Load = { readonly name: string; readonly skus: number; readonly callers: number };
type Contest = { readonly ledger: Contestant; readonly sizes: Sizes };

/** A ledger of its own on the server; each caller keeps to one SKU. */
const ledgerContest = async (url: string, load: Load, { server, scope, say }: BenchContext): Promise<Contest> => {
  const { name, skus, callers } = load;
  const inner = createEventStoreDbStore({ url, prefixes: ['stock-'], namespace: `bench-${randomUUID()}-` });
  const { store, sizes } = measured(inner);
  const ledger = await startBenchLedgerOn(() => store, await server.createDatabase(`bench_${name}`), scope, say);
  let carts = 0;
  const prepare = async (round: number): Promise<void> => {
    await Promise.all(Array.from({ length: skus }, (_, index) => receive(ledger, `sku-${round}-${index}`)));
    roundNow = round;
    Object.assign(sizes, { appends: 0, events: 0, bytes: 0 });
  };
  let roundNow = 0;
  const call = (caller: number) => reserve(ledger, `sku-${roundNow}-${caller % skus}`, `cart-${(carts += 1)}`);
  return { ledger: { name: `ledger, ${name}`, prepare, run: inLoops(callers, call), settle: ledger.settle }, sizes };
};

/** The ledger, and then the client alone with appends as large as the ledger's have just been. */
const against = async (
  url: string,
  load: Load,
  context: BenchContext,
): Promise<readonly [Standing, Standing, Sizes]> => {
  const { ledger, sizes } = await ledgerContest(url, load, context);
  const bare = bareAppends({ url, streams: load.skus, sizesOf: () => sizes, scope: context.scope });
  const [first, second] = await contest([ledger, bare], context.scale, context.say);
  if (first === undefined || second === undefined) throw new Error('A contestant is missing');
  return [first, { ...second, name: `${second.name}, ${load.name}` }, sizes];
};

/** Half of what the client does when nothing is decided, hashed or remembered. */
const ratioMin = 0.5;

export const eventStoreDb: Bench = {
  name: 'eventstoredb',
  about: 'reservations of one SKU and of 512, with the log in EventStoreDB, against bare appends of the same sizes',
  run: async (context): Promise<Report> => {
    const { url, note } = await eventServer(context.scope);
    const many = context.size(512, 8);
    const hot = await against(url, { name: 'hot', skus: 1, callers: context.size(64, 4) }, context);
    const wide = await against(url, { name: 'wide', skus: many, callers: many }, context);
    return {
      name: 'eventstoredb',
      standings: [hot[0], hot[1], wide[0], wide[1]],
      figures: {
        'events an append, one SKU': meanOf(hot[2]).events,
        [`events an append, ${many} SKUs`]: meanOf(wide[2]).events,
      },
      expectations: [
        { figure: 'ledger / bare appends, one SKU', value: ratioOf(hot[0], hot[1]), unit: 'x', atLeast: ratioMin },
        {
          figure: `ledger / bare appends, ${many} SKUs`,
          value: ratioOf(wide[0], wide[1]),
          unit: 'x',
          atLeast: ratioMin,
        },
      ],
      notes: [note],
    };
  },
};
