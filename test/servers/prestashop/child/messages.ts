import type { PrestashopOptions } from '../start.js';

/** What the parent sends; each is answered once, in order. */
export type Order =
  | { readonly kind: 'start'; readonly options: PrestashopOptions }
  /** A function of the server by its path, as "shop.placeOrder", with what it takes. */
  | { readonly kind: 'call'; readonly path: string; readonly args: readonly unknown[] };

export type Report =
  | { readonly kind: 'started'; readonly url: string; readonly port: number; readonly key: string }
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };
