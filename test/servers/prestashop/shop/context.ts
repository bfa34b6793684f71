import type { Traits } from '../versions.js';
import type { ShopClock } from './clock.js';
import type { Hook, ShopModule } from './module.js';
import type { StockRow } from './rows.js';
import type { Tables } from './tables.js';

/** What caused a write. */
export type Cause =
  { readonly kind: 'request'; readonly request: number } | { readonly kind: 'act'; readonly act: string };

/** A row that was written: whole, as the shop does it. */
export type StockWrite = {
  readonly row: number;
  readonly before: StockRow;
  readonly after: StockRow;
  /** Milliseconds since the epoch, by the machine's clock. */
  readonly at: number;
  readonly cause: Cause;
};

/** Where an act lets others go, between its reading and its writing. */
export type PausePoint =
  | { readonly point: 'stock_write'; readonly row: number; readonly cause: Cause }
  | { readonly point: 'history'; readonly order: number; readonly cause: Cause }
  /** Refunded units are back in their row; neither the line's counters nor a slip say so yet. */
  | { readonly point: 'refund'; readonly order: number; readonly cause: Cause }
  | { readonly point: 'state_change'; readonly order: number; readonly cause: Cause };

/** Undefined goes on at once, so that the act is not divided. */
export type Pause = (at: PausePoint) => Promise<void> | undefined;

/** What every act of the shop works on. */
export type Context = {
  readonly traits: Traits;
  readonly tables: Tables;
  readonly clock: ShopClock;
  readonly pause: (at: PausePoint) => Promise<void> | undefined;
  readonly recordWrite: (write: Omit<StockWrite, 'at'>) => void;
  /** What is installed in the shop; nothing at first. */
  readonly module: () => ShopModule;
};

/** Tells the module, as the shop does after the thing has happened. */
export const runHook = ({ module, clock }: Context, hook: Hook, order: number): void =>
  module().outbox?.({ hook, order, at: clock.local() });

export const actCause = (act: string): Cause => ({ kind: 'act', act });
