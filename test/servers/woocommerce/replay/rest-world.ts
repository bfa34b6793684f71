import type { RestKey } from '../rest/keys.js';
import type { Rest } from '../rest/handle.js';
import { createWooCommerce, type Shop } from '../shop/shop.js';
import { createIds, type Ids } from './translate.js';

export const base = 'http://shop.test';

const rights = (mayDo: RestKey['rights'], mayManage = true): RestKey => ({ secret: 'cs', rights: mayDo, mayManage });

/** Keys by the words with which the recordings name them; `other` stands for several. */
const keys = new Map<string, RestKey>([
  ['ck_read_write', rights('read_write')],
  ['ck_read', rights('read')],
  ['ck_write', rights('write')],
  ['ck_customer', rights('read_write', false)],
]);

export type RestWorld = { readonly shop: Shop; readonly rest: Rest; readonly ids: Ids };

/** The shop of the recordings, with other ids where they are to be others. */
export const openRestWorld = (idOffset = 0): RestWorld => {
  let seconds = 1_790_000_000;
  const shop = createWooCommerce({ firstId: 500 + idOffset, now: () => (seconds += 1) * 1_000 });
  const at = (id: number): number => id + idOffset;
  const ids = createIds();
  const add = (id: number, product: Parameters<Shop['createProduct']>[0]): void => {
    shop.createProduct({ ...product, id: at(id) });
    ids.learn('post', id, at(id));
  };
  add(12, { name: 'P1', sku: 'P1', stock: 98 });
  add(16, { name: 'T1', sku: 'T1', stock: 5 });
  add(17, { name: 'TRASH', sku: 'TRASH', stock: 3 });
  add(18, { name: 'EXT', sku: 'EXT', type: 'external' });
  add(19, { name: 'GRP', sku: 'GRP', type: 'grouped' });
  add(20, { name: 'V1', sku: 'V1', type: 'variable', stock: 50 });
  add(21, { name: 'a', sku: 'V1-a', type: 'variation', parent: at(20), stock: 5 });
  add(22, { name: 'b', sku: 'V1-b', type: 'variation', parent: at(20) });
  add(23, { name: 'V2', sku: 'V2', type: 'variable' });
  add(24, { name: 'a', sku: 'V2-a', type: 'variation', parent: at(23), stock: 5 });
  add(25, { name: 'b', sku: 'V2-b', type: 'variation', parent: at(23) });
  return { shop, ids, rest: { context: shop.context, keys, base } };
};
