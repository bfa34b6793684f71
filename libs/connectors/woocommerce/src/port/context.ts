import { type RowsRead } from '#channel-kit';
import { type Client, type Items } from '../rest/index.js';

/** What the shop has, as it was found last. */
export type Found = {
  /** The plugin of the ledger answers there. */
  hasPlugin: boolean;
  /** It has answered before, and does not any more. */
  lostPlugin: boolean;
};

/** What every question of the port works with. */
export type PortContext = {
  readonly client: Client;
  readonly items: Items;
  readonly found: Found;
  /** `woocommerce_hold_stock_minutes` of the shop; undefined: its checkouts set nothing aside. */
  readonly holdStockMinutes: number | undefined;
  /** Milliseconds of our own clock. */
  readonly now: () => number;
  /** Figures of rows. */
  readonly rowsRead: RowsRead<number>;
};
