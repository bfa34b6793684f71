import type { EventStore, Position, Revision } from '#event-sourcing';
import { noOrder, orderDecider, orderStream, type OrderEvent, type OrderState } from '#orders';

/** An order as its stream tells it, and where in the log each of its events stands. */
export type KnownOrder = { state: OrderState; readonly positions: Map<Revision, Position> };

type OrderName = { readonly channel: string; readonly orderKey: string };

/** Events of one order that are read at a time: nearly all have fewer. */
const pageEventsMax = 500;

/** The orders in the order of asking, all streams at once. An order that nobody has recorded has no events. */
export const readOrders = async (
  store: Pick<EventStore, 'read'>,
  orders: readonly OrderName[],
): Promise<readonly KnownOrder[]> => {
  const known = orders.map((): KnownOrder => ({ state: noOrder, positions: new Map() }));
  let open = orders.map(({ channel, orderKey }, index) => ({ index, stream: orderStream(channel, orderKey), from: 0 }));
  while (open.length > 0) {
    const pages = await store.read(open, pageEventsMax);
    open.forEach(({ index }, nth) => {
      for (const { type, data, metadata, revision, position } of pages[nth] ?? [])
        take(
          known[index],
          { type, data, occurredAt: metadata.occurredAt } as unknown as OrderEvent,
          revision,
          position,
        );
    });
    open = open
      .filter((_, nth) => pages[nth]?.length === pageEventsMax)
      .map((order) => ({ ...order, from: order.from + pageEventsMax }));
  }
  return known;
};

const take = (order: KnownOrder | undefined, event: OrderEvent, revision: Revision, position: Position): void => {
  if (order === undefined) return;
  order.state = orderDecider.evolve(order.state, event);
  order.positions.set(revision, position);
};
