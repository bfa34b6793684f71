/** Rows of the shop's database, as far as stock and orders go. Instants are milliseconds since the epoch. */

export type ProductType = 'simple' | 'variable' | 'variation' | 'external' | 'grouped';
export type Backorders = 'no' | 'notify' | 'yes';
export type StockStatus = 'instock' | 'outofstock' | 'onbackorder';

export type Product = {
  readonly id: number;
  readonly type: ProductType;
  /** Of a variation; 0 for all others. */
  readonly parent: number;
  readonly status: 'publish' | 'trash';
  readonly name: string;
  /** Made of the name when the product was made. */
  readonly slug: string;
  readonly sku: string;
  readonly price: number;
  /** A variation that does not manage its own shows its parent's, where that one is managed. */
  readonly manageStock: boolean;
  readonly stock: number | null;
  readonly stockStatus: StockStatus;
  readonly backorders: Backorders;
  readonly totalSales: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

/** `trash` stands beside the status that an order had before. Shops may have further statuses of their own. */
export type OrderStatus = string;

export type Line = {
  readonly id: number;
  readonly product: number;
  readonly variation: number;
  readonly quantity: number;
  /** Of all its units; it stays when their number is edited. */
  readonly total: number;
  /** `_reduced_stock`: what the line has taken, as far as it says. */
  readonly reduced: number | undefined;
  /** `_restock_refunded_items`. */
  readonly restocked: number | undefined;
};

export type Refund = {
  readonly id: number;
  readonly amount: number;
  readonly reason: string;
  readonly createdAt: number;
  /** Whether it gave back all that was left. */
  readonly isFull: boolean;
  readonly lines: readonly RefundLine[];
};

export type RefundLine = {
  readonly id: number;
  /** Of the order. */
  readonly line: number;
  readonly quantity: number;
  readonly total: number;
};

export type Order = {
  readonly id: number;
  readonly status: OrderStatus;
  /** Of an order in the trash. */
  readonly statusBefore: OrderStatus | undefined;
  /** The order's "stock reduced": nobody shows it. */
  readonly isReduced: boolean;
  readonly createdVia: string;
  readonly paymentMethod: string;
  readonly key: string;
  /** As it was sent; none where nobody sent one. */
  readonly billing: Readonly<Record<string, unknown>> | undefined;
  /** What plugins have noted with it, by key. */
  readonly meta: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
  readonly refunds: readonly Refund[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly paidAt: number | undefined;
  readonly completedAt: number | undefined;
};

/** A row of `wc_reserved_stock`: what a checkout has set aside until its order is paid. */
export type Hold = {
  readonly order: number;
  readonly product: number;
  readonly quantity: number;
  readonly endsAt: number;
};
