import type { BoundedLog } from './bounded-log.js';
import type { Offers } from './offers.js';
import type { Processes } from './processes.js';
import type { OrderItemRow, OrderRow, ProcessRow, Sale } from './rows.js';

export type Wanted = { readonly offer: string; readonly units: number };

export type WholeOrder = OrderRow & { readonly rows: readonly OrderItemRow[]; readonly changedAt: number };

export type Orders = {
  /** Makes an order whatever the pages say, and leaves them as they are unless they count down: whoever buys has looked before. */
  readonly place: (wanted: readonly Wanted[]) => string;
  readonly find: (id: string) => WholeOrder | undefined;
  /** Orders that changed at or after a moment, the one that changed first before the others. */
  readonly changedSince: (moment: number) => readonly WholeOrder[];
  /** Orders of which something has not left, the first one first. */
  readonly open: () => readonly WholeOrder[];
  /** The shopper gives up units of an item, or the marketplace does; at most those that have not left. */
  readonly cancel: (item: string, units?: number) => void;
  readonly ship: (item: string, units?: number) => void;
  /** The seller asks for it; undefined: there is no such item. */
  readonly askToCancel: (item: string) => ProcessRow | undefined;
  /** Nobody finds it any more. */
  readonly forget: (id: string) => void;
};

type Parts = {
  readonly processes: Processes;
  readonly now: () => number;
  readonly offers: Offers;
  readonly sales: BoundedLog<Sale>;
  /** Whether an order moves the figures of its offers. */
  readonly countsDown: boolean;
};

/** Units that neither left nor were given up. */
export const openUnits = ({ units, shipped, cancelled }: OrderItemRow): number => units - shipped - cancelled;

export const createOrders = ({ processes, now, offers, sales, countsDown }: Parts): Orders => {
  const orders = new Map<string, OrderRow>();
  const items = new Map<string, OrderItemRow>();
  let made = 0;
  const change = (id: string, by: (item: OrderItemRow) => Partial<OrderItemRow>): void => {
    const item = items.get(id);
    if (item !== undefined) items.set(id, { ...item, ...by(item), changedAt: now() });
  };
  const cancel = (id: string, units = Infinity): void =>
    change(id, (item) => {
      const givenUp = Math.min(units, openUnits(item));
      if (countsDown) offers.move(item.offer, givenUp);
      return { cancelled: item.cancelled + givenUp };
    });
  const wholeOf = (order: OrderRow): WholeOrder => {
    const rows = order.items.flatMap((id) => items.get(id) ?? []);
    return { ...order, rows, changedAt: Math.max(...rows.map(({ changedAt }) => changedAt)) };
  };
  return {
    place: (wanted) => {
      processes.settle();
      const [id, at] = [`C${String((made += 1)).padStart(9, '0')}`, now()];
      const rows = wanted.map(({ offer, units }, index): OrderItemRow => {
        const figure = offers.find(offer)?.amount ?? 0;
        sales.add({ order: id, offer, units, at, figure, ...offers.countSold(offer, units) });
        if (countsDown) offers.move(offer, -units);
        return { id: `${id}-${index + 1}`, order: id, offer, units, shipped: 0, cancelled: 0, changedAt: at };
      });
      rows.forEach((row) => void items.set(row.id, row));
      orders.set(id, { id, placedAt: at, items: rows.map((row) => row.id) });
      return id;
    },
    find: (id) => {
      processes.settle();
      const order = orders.get(id);
      return order && wholeOf(order);
    },
    changedSince: (moment) => {
      processes.settle();
      const all = [...orders.values()].map(wholeOf).filter(({ changedAt }) => changedAt >= moment);
      return all.sort((a, b) => a.changedAt - b.changedAt);
    },
    open: () => {
      processes.settle();
      const all = [...orders.values()].map(wholeOf);
      return all.filter((order) => order.rows.some((item) => openUnits(item) > 0));
    },
    cancel,
    ship: (id, units = Infinity) =>
      change(id, (item) => ({ shipped: item.shipped + Math.min(units, openUnits(item)) })),
    askToCancel: (id) =>
      items.has(id)
        ? processes.accept(id, 'CANCEL_ORDER', () => {
            const item = items.get(id);
            if (item === undefined || openUnits(item) === 0) return 'The item is handled already.';
            cancel(id);
            return undefined;
          })
        : undefined,
    forget: (id) => {
      orders.get(id)?.items.forEach((item) => void items.delete(item));
      orders.delete(id);
    },
  };
};
