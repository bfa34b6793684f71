import { createWooCommerce, type Shop } from '../shop/shop.js';
import { playAct, type Played } from './acts.js';
import type { OrderState, Step, Story } from './recordings.js';

/** The same shop with other numbers: what the recordings show is linear in them. */
export type Scale = { readonly opening: number; readonly factor: number; readonly firstId: number };

export const asRecorded: Scale = { opening: 100, factor: 1, firstId: 12 };
export const otherwise: Scale = { opening: 1_037, factor: 7, firstId: 40_000 };

const openingRecorded = 100;
const unitsRecorded = 3;

/** Every look at the time is a second later, so that a date that moves is seen. */
export const openShop = ({ firstId }: Scale): Shop => {
  let seconds = 1_790_000_000;
  return createWooCommerce({ firstId, now: () => (seconds += 1) * 1_000 });
};

export const offer = (shop: Shop, { opening, factor }: Scale) => {
  const [product, other] = [1, 2].map(() => shop.createProduct({ stock: opening, price: 11 }).id) as [number, number];
  return { shop, product, other, factor };
};

/** An order of three, in the status from which a story begins. */
export const begin = async (shop: Shop, scale: Scale, ...statuses: readonly string[]): Promise<Played> => {
  const offered = offer(shop, scale);
  const lines = [{ product: offered.product, quantity: unitsRecorded * scale.factor }];
  const [first = 'pending', ...rest] = statuses;
  const { id: order } = await shop.createOrder({ lines, status: first });
  for (const status of rest) await shop.updateOrder(order, { status });
  return { ...offered, order };
};

export const scaledStock = (recorded: number, { opening, factor }: Scale): number =>
  opening + (recorded - openingRecorded) * factor;

/** An order as the recordings write it down; its units divided by the factor. */
export const stateOf = (shop: Shop, id: number, { factor }: Scale): OrderState | null => {
  const order = shop.order(id);
  if (order === undefined) return null;
  const metas = order.lines.flatMap(({ reduced, restocked }) => [
    ...(reduced === undefined ? [] : [['_reduced_stock', String(reduced / factor)] as const]),
    ...(restocked === undefined ? [] : [['_restock_refunded_items', String(restocked / factor)] as const]),
  ]);
  const isOwn = ['trash', 'auto-draft'].includes(order.status);
  return {
    status: isOwn ? order.status : `wc-${order.status}`,
    reduced: order.isReduced ? '1' : '0',
    item: Object.fromEntries(metas),
    held: [...shop.context.holds].filter((hold) => hold.order === id),
  };
};

/** What a step shows: stock before and after, the order, whether its date moved. */
type Shown = {
  readonly act: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly state: OrderState | null;
  readonly moved: boolean | null;
};

export const recordedOf = ([act, before, after, , , state, moved]: Step, scale: Scale): Shown => ({
  act,
  before: before === null ? null : scaledStock(before, scale),
  after: after === null ? null : scaledStock(after, scale),
  state: state === null ? null : withoutDate(state),
  moved,
});

export const withoutDate = ({ status, reduced, item, held }: OrderState): OrderState => ({
  status,
  reduced,
  item,
  held,
});

const playStep = async (played: Played, act: string, scale: Scale): Promise<Shown> => {
  const { shop, order, product } = played;
  const [before, dated] = [shop.product(product).stock, shop.order(order)?.modifiedAt];
  await playAct(played, act);
  const state = stateOf(shop, order, scale);
  const moved = state === null ? null : shop.order(order)?.modifiedAt !== dated;
  return { act, before, after: shop.product(product).stock, state, moved };
};

/** What the steps of a story did here. */
export const playStory = async (shop: Shop, { begins, steps }: Story, scale: Scale): Promise<readonly Shown[]> => {
  const played = await begin(shop, scale, begins);
  const shown: Shown[] = [];
  for (const [act] of steps) shown.push(await playStep(played, act, scale));
  return shown;
};
