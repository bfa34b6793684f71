import { type Product, type Shop, startWooCommerce } from '../../../../../test/servers/woocommerce/index.js';
import { keyOf, type OrderView, type RowKey } from '../../src/index.js';
import { type Act, actAfter } from './acts.js';
import { perform, type Walked } from './perform.js';
import { askingOf, readOrder } from './rest-reading.js';
import { furnish } from './shelf.js';

/** An act, what REST showed of the orders that it bore on before and after it, and what the rows showed. */
export type Step = {
  readonly at: number;
  readonly act: Act;
  readonly orders: readonly { readonly before: OrderView | undefined; readonly after: OrderView | undefined }[];
  readonly rowsBefore: ReadonlyMap<RowKey, number>;
  readonly rowsAfter: ReadonlyMap<RowKey, number>;
};

/** Orders that are kept at once: enough to meet each other's rows. */
const aliveMax = 25;
const holdStockMinutes = 30;
const begunAt = Date.UTC(2026, 10, 20, 9);

export type Acts = (alive: readonly number[]) => Act | undefined;

/** By chance, so many: the same for the same source of chance. */
export const randomActs = (random: () => number, steps: number): Acts => {
  let [done, orders] = [0, 0];
  return (alive) => {
    if ((done += 1) > steps) return undefined;
    const act = actAfter(random, alive, orders);
    if (act.kind === 'order') orders += 1;
    return act;
  };
};

/** These, one after another. */
export const givenActs = (acts: readonly Act[]): Acts => {
  let at = -1;
  return () => acts[(at += 1)];
};

const rowOf = ({ id, parent }: Product): RowKey => (parent === 0 ? keyOf(id, 0) : keyOf(parent, id));

const rowsIn = ({ context }: Shop): ReadonlyMap<RowKey, number> =>
  new Map(
    [...context.products.values()].flatMap((product) =>
      product.manageStock && product.stock !== null ? [[rowOf(product), product.stock] as const] : [],
    ),
  );

type Read = (order: number) => Promise<OrderView | undefined>;

/** An hour bears on all orders, and so does where items' stock is managed; an act on its own; a figure that is set on none. */
const borneOn = (act: Act, known: ReadonlyMap<number, OrderView>): readonly number[] => {
  if (act.kind === 'hour' || act.kind === 'manage') return [...known.keys()];
  return 'order' in act ? [act.order] : [];
};

async function* stepsIn(walked: Walked, read: Read, acts: Acts): AsyncGenerator<Step> {
  const known = new Map<number, OrderView>();
  for (let at = 0; ; at += 1) {
    const act = acts([...known.keys()]);
    if (act === undefined) return;
    const rowsBefore = rowsIn(walked.shop);
    await perform(walked, act);
    const orders: Step['orders'][number][] = [];
    for (const order of borneOn(act, known)) {
      const after = await read(order);
      orders.push({ before: known.get(order), after });
      if (after === undefined) known.delete(order);
      else known.set(order, after);
    }
    if (orders.length > 0) yield { at, act, orders, rowsBefore, rowsAfter: rowsIn(walked.shop) };
    const [oldest] = known.keys();
    if (oldest === undefined || known.size <= aliveMax) continue;
    walked.shop.deleteOrder(walked.ids.get(oldest) ?? 0);
    known.delete(oldest);
  }
}

/** Walks through a shop of its own, which ends with the walk. */
export async function* walk(acts: Acts): AsyncGenerator<Step> {
  const clock = { now: begunAt };
  const server = await startWooCommerce({ holdStockMinutes, now: () => clock.now });
  try {
    const walked: Walked = { shop: server.shop, shelf: furnish(server.shop), ids: new Map(), clock };
    const ask = askingOf(server.url, server.key, server.secret);
    const read: Read = (order) => readOrder(ask, walked.ids.get(order) ?? 0, holdStockMinutes);
    yield* stepsIn(walked, read, acts);
  } finally {
    await server.stop();
  }
}
