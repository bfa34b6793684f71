import { type ChannelPort } from '#channel-kit';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { readRows } from './rows.js';
import { answered, troubledBy } from './trouble.js';

/** What rows show now, in the order they were asked for. */
export const readBackOf =
  ({ items, rowsRead }: PortContext): ChannelPort<WooCommerceOrder>['readBack'] =>
  async (keys, signal) => {
    const rows = await readRows(items, keys, signal);
    if (rows.kind === 'failed') return troubledBy(rows.failure);
    rowsRead.keep(rows.value);
    return answered(
      keys.flatMap((row) => {
        const quantity = rows.value.get(row);
        return quantity === undefined ? [] : [{ row, quantity }];
      }),
    );
  };
