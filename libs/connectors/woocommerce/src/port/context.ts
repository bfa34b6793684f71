import { type RowsRead } from '#channel-kit';
import { type Client, type Items } from '../rest/index.js';

/** What every question of the port works with. */
export type PortContext = {
  readonly client: Client;
  readonly items: Items;
  /** `woocommerce_hold_stock_minutes` of the shop; undefined: its checkouts set nothing aside. */
  readonly holdStockMinutes: number | undefined;
  /** Milliseconds of our own clock. */
  readonly now: () => number;
  /** Figures of rows. */
  readonly rowsRead: RowsRead<number>;
};
