import { orderViewOf, type OrderView, soldItemIn } from '../../src/index.js';

/** Asks the shop over HTTP; undefined: 404. */
export type Ask = (path: string) => Promise<unknown>;

export const askingOf = (url: string, key: string, secret: string): Ask => {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return async (path) => {
    const answer = await fetch(`${url}/wp-json/wc/v3/${path}`, { headers: { authorization } });
    if (answer.status !== 200 && answer.status !== 404) throw new Error(`${path}: ${answer.status}`);
    const body: unknown = await answer.json();
    return answer.status === 404 ? undefined : body;
  };
};

type SoldLines = {
  readonly line_items: readonly { readonly product_id: number; readonly variation_id: number }[];
};

/** An order whole, of what REST shows of it alone. Undefined: the shop has none of this id. */
export const readOrder = async (ask: Ask, id: number, holdStockMinutes: number): Promise<OrderView | undefined> => {
  const order = await ask(`orders/${id}`);
  if (order === undefined) return undefined;
  const refunds = await ask(`orders/${id}/refunds`);
  const items = new Map<number, unknown>();
  for (const line of (order as SoldLines).line_items) {
    const sold = line.variation_id === 0 ? line.product_id : line.variation_id;
    if (!items.has(sold)) items.set(sold, await ask(`products/${sold}`));
  }
  return orderViewOf(order, {
    ...{ refunds, holdStockMinutes },
    itemOf: (product, variation) => {
      const item = items.get(variation === 0 ? product : variation);
      return item === undefined ? undefined : soldItemIn(item);
    },
  });
};
