import { writeBy } from '#channel-kit';
import { batchOf } from '../rest/failure.js';
import { batchOfRow, compareAndSet, missing, writeBounds, writeStock } from '../rest/stock.js';
import { type PortContext, type WooCommercePort } from './context.js';

/**
 * Sets rows: where they show what is expected as long as the shop has the plugin, which looks at each row itself; else whatever
 * they show. Of those a variation that its parent manages would take a figure that nobody sees.
 *
 * @throws RangeError for more than the largest batch, or a quantity that no row can hold.
 */
export const writeOf = ({ client, found, rows }: PortContext): WooCommercePort['write'] =>
  writeBy<number, string>({
    bounds: writeBounds,
    plainly: {
      ...{ rows, missing, groupOf: ({ change }) => batchOfRow(change.row) },
      send: async (resource, writes, signal) => {
        const changes = writes.map(({ change }) => change);
        return batchOf(await writeStock(client, resource, changes, signal));
      },
    },
    whereExpected: async (changes, signal) => {
      if (!found.hasPlugin) return undefined;
      const done = await compareAndSet(client, changes, signal);
      if (done.kind === 'ok' || done.failure.kind !== 'api_off') return batchOf(done);
      Object.assign(found, { hasPlugin: false, lostPlugin: true });
      return undefined;
    },
  });
