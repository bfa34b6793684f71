import { createGate, type Order, pauseAtRandom, type Shop } from '../../../../../test/servers/woocommerce/index.js';
import { seededRandom } from '#testing';
import { type Act, type OrderAct, type SoldLine } from './acts.js';
import { type Item, soldId } from './shelf.js';

/** A shop in which acts are done. */
export type Walked = {
  readonly shop: Shop;
  readonly shelf: readonly Item[];
  /** The shop's ids of the walk's orders. */
  readonly ids: Map<number, number>;
  readonly clock: { now: number };
};

const itemAt = ({ shelf }: Walked, at: number): Item => {
  const item = shelf[at % shelf.length];
  if (item === undefined) throw new Error('The shelf is empty');
  return item;
};

const lineOf = (walked: Walked, { item, quantity }: SoldLine) => ({ ...itemAt(walked, item), quantity });

const placeOrder = async (walked: Walked, act: Extract<Act, { kind: 'order' }>): Promise<void> => {
  const { shop, ids } = walked;
  const lines = act.lines.map((line) => lineOf(walked, line));
  if (act.by === 'rest') {
    const { id } = await shop.createOrder({ lines, status: act.status, setPaid: act.isPaid });
    ids.set(act.order, id);
    return;
  }
  const bought = await shop.buy({ checkout: act.by, gateway: act.gateway, lines });
  if (bought.kind === 'ordered') ids.set(act.order, bought.order.id);
};

const both = async (shop: Shop, id: number, { statuses, seed }: Extract<OrderAct, { kind: 'race' }>): Promise<void> => {
  const gate = createGate(({ at }) => at === 'status');
  // Half of them meet for certain, the others as it happens.
  shop.pauseWith(seed % 2 === 0 ? gate.pause : pauseAtRandom(seededRandom(seed)));
  const acts = statuses.map((status) => shop.updateOrder(id, { status }));
  gate.open();
  await Promise.all(acts);
  shop.pauseWith(undefined);
};

const wholeAmount = 1_000_000;

const refund = async (shop: Shop, order: Order, act: Extract<OrderAct, { kind: 'refund' }>): Promise<void> => {
  const lines = act.lines.flatMap(({ line, units }) => {
    const found = order.lines[line];
    return found === undefined ? [] : [{ line: found.id, quantity: units }];
  });
  await shop.refund(order.id, { amount: act.isWhole ? wholeAmount : 1, lines, restock: act.restock });
};

type LineAct = Extract<OrderAct, { readonly line: number }>;

const onLine = async (walked: Walked, order: Order, act: LineAct): Promise<unknown> => {
  const { shop } = walked;
  const id = order.lines[act.line % Math.max(1, order.lines.length)]?.id;
  if (id === undefined) return undefined;
  switch (act.kind) {
    case 'edit_line':
      return shop.updateOrder(order.id, { lines: [{ id, quantity: act.units }] });
    case 'save_line':
      return shop.saveItems(order.id, [{ id, quantity: act.units }]);
    case 'remove_line':
      return shop.updateOrder(order.id, { lines: [{ id, product: null }] });
    case 'move_line':
      return shop.updateOrder(order.id, { lines: [{ id, ...itemAt(walked, act.item) }] });
    case 'status_and_line':
      return shop.updateOrder(order.id, { lines: [{ id, quantity: act.units }], status: act.status });
  }
};

const onOrder = async (walked: Walked, order: Order, act: OrderAct): Promise<unknown> => {
  const { shop } = walked;
  const { id } = order;
  switch (act.kind) {
    case 'status':
      return shop.updateOrder(id, { status: act.status });
    case 'paid':
      return shop.updateOrder(id, { setPaid: true });
    case 'race':
      return both(shop, id, act);
    case 'refund':
      return refund(shop, order, act);
    case 'unrefund':
      return shop.deleteRefund(id, order.refunds[0]?.id ?? 0);
    case 'save_form':
      return shop.saveForm(id);
    case 'trash':
      return order.status === 'trash' || shop.trashOrder(id);
    case 'untrash':
      return order.status !== 'trash' || shop.untrashOrder(id);
    case 'delete':
      return shop.deleteOrder(id);
    case 'add_line':
      return shop.updateOrder(id, { lines: [lineOf(walked, act.sold)] });
    case 'add_by_hand':
      return shop.addItem(id, lineOf(walked, act.sold));
    case 'edit_line':
    case 'save_line':
    case 'remove_line':
    case 'move_line':
    case 'status_and_line':
      return onLine(walked, order, act);
  }
};

const hourMillis = 3_600_000;

/** Does it, as far as the shop lets it. */
export const perform = async (walked: Walked, act: Act): Promise<void> => {
  const { shop, ids, clock } = walked;
  clock.now += 1_000;
  switch (act.kind) {
    case 'order':
      return placeOrder(walked, act);
    case 'hour':
      clock.now += hourMillis;
      return shop.cancelUnpaid();
    case 'by_hand':
      return shop.setStock(soldId(itemAt(walked, act.item)), act.quantity);
    case 'manage': {
      const product = shop.product(soldId(itemAt(walked, act.item)));
      const stock = act.isManaged ? (product.stock ?? 0) : null;
      shop.context.products.set(product.id, { ...product, manageStock: act.isManaged, stock });
      return;
    }
    case 'acts':
      for (const one of act.acts) {
        const order = shop.order(ids.get(act.order) ?? 0);
        if (order !== undefined) await onOrder(walked, order, one);
      }
  }
};
