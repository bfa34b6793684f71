import type { LineProduct, Snapshot, SnapshotLine } from './events.js';

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

/** A line of a snapshot, and its product as one text. */
export type NamedLine = { readonly line: SnapshotLine; readonly product: string };

/** The lines of a snapshot by their ids, in its order. */
export const namedIn = ({ lines }: Snapshot): ReadonlyMap<string, NamedLine> => {
  const named = new Map<string, NamedLine>();
  for (const line of lines) named.set(line.line, { line, product: productKey(line.product) });
  return named;
};

/** The snapshot's line that a frozen one stands for; undefined: it names no such line any more, or another product in it. */
export const lineNamed = (
  named: ReadonlyMap<string, NamedLine>,
  frozen: { readonly line: string; readonly product: string },
): SnapshotLine | undefined => {
  const found = named.get(frozen.line);
  return found?.product === frozen.product ? found.line : undefined;
};
