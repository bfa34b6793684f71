import type { Answer } from '../port/trouble.js';

/** What one source brought: ids of orders in its own order, and where it goes on. */
export type SourceReading = {
  readonly orders: readonly string[];
  readonly cursor: string;
  /** Its ids count on from before the newest that was seen: that one, and where it goes on. */
  readonly wentBack?: { readonly from: string; readonly to: string };
};

/** One of the places in which a shop shows that an order has changed. Often none of them shows every change. */
export type FeedSource = {
  readonly name: string;
  /** Without a cursor: nothing of what is there already, and what comes from now on the next time. */
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<Answer<SourceReading>>;
};
