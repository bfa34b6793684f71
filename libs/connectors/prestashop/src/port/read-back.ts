import { type ChannelPort } from '#channel-kit';
import { type PrestashopOrder } from './order.js';
import { readRows } from './rows.js';
import { type PortContext } from './shop.js';
import { answered, troubledBy } from './trouble.js';

/** What rows show now, in the order they were asked for. */
export const readBackOf =
  ({ client, rowsRead }: PortContext): ChannelPort<PrestashopOrder>['readBack'] =>
  async (keys, signal) => {
    const rows = await readRows(client, keys, signal);
    if (rows.kind === 'failed') return troubledBy(rows.failure);
    rowsRead.keep(rows.value);
    return answered(
      keys.flatMap((row) => {
        const shown = rows.value.get(row);
        return shown === undefined ? [] : [{ row, quantity: shown.quantity }];
      }),
    );
  };
