import type { Seller } from '../world/seller.js';
import { must, type Service } from './http.js';

export const warehouse = 'warehouse';

/** A channel as the ledger is to know it. */
export type ChannelSetUp = {
  readonly seller: Pick<Seller, 'channel'>;
  /** Of the channel, by SKU. */
  readonly listings: ReadonlyMap<string, string>;
  /** Units of each SKU that it is not shown. */
  readonly bufferUnits: number;
};

const itemsPerRequest = 500;

const inPieces = async <Item>(items: readonly Item[], send: (some: readonly Item[]) => Promise<unknown>) => {
  for (let next = 0; next < items.length; next += itemsPerRequest)
    await send(items.slice(next, next + itemsPerRequest));
};

/** Tells the ledger what there is, who sells it, and under which names. */
export const setUp = async (
  ledger: Service,
  stock: ReadonlyMap<string, number>,
  channels: readonly ChannelSetUp[],
): Promise<void> => {
  await must(ledger, 'POST', '/v1/locations', { location: warehouse, author: 'operator' });
  const receipts = [...stock].map(([sku, quantity]) => ({
    ...{ kind: 'receipt', sku, location: warehouse, quantity, sourceKey: `opening:${sku}` },
  }));
  await inPieces(receipts, (items) => must(ledger, 'POST', '/v1/movements/batch', { items }));
  for (const { seller, listings, bufferUnits } of channels) {
    const { channel } = seller;
    const buffer = bufferUnits > 0 ? { buffer: { effect: 'hard', units: bufferUnits } } : {};
    await must(ledger, 'POST', '/v1/channels', { channel, connection: channel, locations: [warehouse], ...buffer });
    const mapped = [...listings].map(([sku, product]) => ({ product, sku }));
    await inPieces(mapped, (some) => must(ledger, 'PUT', `/v1/channels/${channel}/listings`, { listings: some }));
  }
};

/** A key of the shop's module: it may hold units in its channel and nothing else. */
export const keyOfModule = async (ledger: Service, channel: string): Promise<string> => {
  const answer = await must(ledger, 'POST', '/v1/keys', { connection: channel, scopes: ['reservations:write'] });
  return (answer as { readonly key: string }).key;
};
