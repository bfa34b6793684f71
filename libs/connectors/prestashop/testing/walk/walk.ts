import { type Version } from '../../../../../test/servers/prestashop/index.js';
import { type RowKey, type ShopView, type WholeOrderView } from '../../src/index.js';
import { type Act, actAfter, type Choices } from './acts.js';
import { startWalkedShop, type WalkedShop } from './walked-shop.js';

/** An act, what the webservice showed of its order before and after it, and what the rows showed. */
export type Step = {
  readonly at: number;
  readonly act: Act;
  readonly before: WholeOrderView | undefined;
  readonly after: WholeOrderView | undefined;
  readonly shop: ShopView;
  readonly rowsBefore: ReadonlyMap<RowKey, number>;
  readonly rowsAfter: ReadonlyMap<RowKey, number>;
};

/** Orders that are kept at once: enough to meet each other's rows, and lists stay short. */
const aliveMax = 25;

type Acts = (known: { readonly alive: readonly number[]; readonly choices: Choices }) => Act | undefined;

/** By chance, so many: the same for the same source of chance. */
export const randomActs = (random: () => number, steps: number): Acts => {
  let [done, orders] = [0, 0];
  return ({ alive, choices }) => {
    if ((done += 1) > steps) return undefined;
    const act = actAfter(random, alive, orders, choices);
    if (act.kind === 'order') orders += 1;
    return act;
  };
};

/** These, one after another. */
export const givenActs = (acts: readonly Act[]): Acts => {
  let at = -1;
  return () => acts[(at += 1)];
};

async function* stepsIn(shop: WalkedShop, acts: Acts): AsyncGenerator<Step> {
  const known = new Map<number, WholeOrderView>();
  let view = await shop.readShop();
  for (let at = 0; ; at += 1) {
    const act = acts({ alive: [...known.keys()], choices: shop.choices });
    if (act === undefined) return;
    const rowsBefore = shop.rows();
    await shop.perform(act);
    if (act.kind === 'pack_type') view = await shop.readShop();
    if (act.kind === 'pack_type' || act.kind === 'by_hand') continue;
    const before = known.get(act.order);
    const after = await shop.readOrder(act.order);
    yield { at, act, before, after, shop: view, rowsBefore, rowsAfter: shop.rows() };
    if (after === undefined) known.delete(act.order);
    else known.set(act.order, after);
    const [oldest] = known.keys();
    if (oldest === undefined || known.size <= aliveMax) continue;
    shop.forget(oldest);
    known.delete(oldest);
  }
}

/** Walks through a shop of its own, which ends with the walk. */
export async function* walk(version: Version, acts: Acts): AsyncGenerator<Step> {
  const shop = await startWalkedShop(version);
  try {
    yield* stepsIn(shop, acts);
  } finally {
    await shop.stop();
  }
}
