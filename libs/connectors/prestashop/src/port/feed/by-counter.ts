import { type FeedSource } from '#channel-kit';
import { above, type Client, orderDetails, readPage } from '../../webservice/index.js';
import { answered, troubledBy } from '../trouble.js';

/** Where the scan stands, when it began and when it goes on, in milliseconds of our own clock. */
type Cursor = { readonly after: number; readonly begunAt: number; readonly restsUntil: number };

/** The set only grows, and every order of it is read again: once a day is what a shop bears. */
const scanEveryMillis = 86_400_000;

/** So many lines of one reading: each may cost the reading of an order. */
const linesMax = 50;

/**
 * Lines of which units were put back, whenever that was: a net for refunds that left neither a slip nor a movement. Their
 * counters have no cursor, so all of them are told once a day, some with each reading. @param now milliseconds of our own clock
 */
export const sourceByCounter = (client: Client, now: () => number): FeedSource => ({
  name: orderDetails.path,
  read: async (text, signal) => {
    const at = now();
    const rested: Cursor = { after: 0, begunAt: at, restsUntil: at + scanEveryMillis };
    if (text === undefined) return answered({ orders: [], cursor: JSON.stringify(rested) });
    const cursor = JSON.parse(text) as Cursor;
    if (at < cursor.restsUntil) return answered({ orders: [], cursor: text });
    const begunAt = cursor.after === 0 ? at : cursor.begunAt;
    const filters = [above('product_quantity_reinjected', 0)];
    const page = await readPage(client, orderDetails, { filters, afterId: cursor.after, rowsMax: linesMax }, signal);
    if (page.kind === 'failed') return troubledBy(page.failure);
    const { rows, isLast } = page.value;
    const next: Cursor = isLast
      ? { after: 0, begunAt, restsUntil: begunAt + scanEveryMillis }
      : { after: rows.at(-1)?.id ?? 0, begunAt, restsUntil: 0 };
    return answered({ orders: rows.map(({ orderId }) => String(orderId)), cursor: JSON.stringify(next) });
  },
});
