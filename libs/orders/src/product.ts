import type { LineProduct } from './events.js';

/**
 * What a line sells as one canonical text: different products never share it. With its line id it is a line's identity,
 * and it is the key under which resolutions are given beside a command.
 */
export const productKey = (product: LineProduct): string =>
  'sku' in product
    ? JSON.stringify(['sku', product.sku, product.unitsPerSale])
    : JSON.stringify(['ids', product.ids.product, ...(product.ids.variant === undefined ? [] : [product.ids.variant])]);

/**
 * The key of a line's n-th product on the SKU streams: `<line id>`, then `<line id>~2`. Tildes of the id itself are
 * doubled, so that a shop's line `1~2` never meets the second product of its line `1`.
 */
export const frozenKey = (line: string, nth: number): string =>
  `${line.replaceAll('~', '~~')}${nth === 1 ? '' : `~${nth}`}`;
