import type { Instant } from '#event-sourcing';
import type { Effect } from './resolution.js';

/** An adjustment, and who has it made, why. */
export type Adjustment = Omit<Extract<Effect, { readonly kind: 'adjust' }>, 'kind'> & {
  readonly actor: string;
  readonly reason: string;
};

export type Adjusted =
  | { readonly kind: 'posted' }
  /** It will not be posted like this, now or later. */
  | { readonly kind: 'refused'; readonly refusal: { readonly code: string } & Readonly<Record<string, unknown>> };

/** What a resolution does outside. Each may be asked twice for the same, and does it once. */
export type ResolutionPorts = {
  /** Rises of the row are written again; whatever it shows next is where its worker goes on from. Durable when it resolves. */
  readonly release: (channel: string, row: string) => Promise<void>;
  /**
   * Resolves when it is posted and the figures that workers ask for include it: the row is released next, and must not rise to the
   * figure of before. @throws where nobody knows whether it is posted
   */
  readonly adjust: (adjustment: Adjustment) => Promise<Adjusted>;
  /** Resolves when the orders that changed within this time are read again, or noted durably as to be read. */
  readonly rereadOrders: (channel: string, from: Instant, to: Instant) => Promise<void>;
  /** Base units of the SKU that one unit of the row is; undefined: it is not listed. */
  readonly unitsPerSale: (channel: string, row: string) => Promise<number | undefined>;
};
