/**
 * 1.7.8 was read and not measured: its code is that of 8, and it is taken to behave as 8 does.
 */
export type VersionFamily = '1.7' | '8' | '9';

/** Of `order_states`. A logable state is one that the shop counts as a sale. */
export type StateFlags = { readonly logable: boolean };

/** `pack_stock_type` of a product: 0 the pack's own row, 1 the rows of what is in it, 2 both, 3 as the shop is configured. */
export type PackStockType = 0 | 1 | 2 | 3;

export type PackItem = { readonly productId: number; readonly attributeId: number; readonly unitsPerPack: number };

export type Pack = { readonly stockType: PackStockType; readonly items: readonly PackItem[] };

/** What a shop is like as long as nobody configures it anew. */
export type ShopView = {
  readonly family: VersionFamily;
  /** By state id. Of a state that is not here nobody knows whether it is logable. */
  readonly states: ReadonlyMap<number, StateFlags>;
  /** PS_OS_CANCELED and PS_OS_ERROR: two ids that are configured, not flags of states. */
  readonly cancelledStateId: number;
  readonly errorStateId: number;
  /** By product id, packs alone. A product that is not here is none. */
  readonly packs: ReadonlyMap<number, Pack>;
  /** PS_PACK_STOCK_TYPE: what a stock type of 3 means. */
  readonly packStockTypeDefault: Exclude<PackStockType, 3>;
  /** Shop id -> id of its group, for shops in a group that shares its stock, and for no other. */
  readonly sharingGroups: ReadonlyMap<number, number>;
};

/** A row of `order_histories`. */
export type HistoryRow = {
  readonly id: number;
  readonly stateId: number;
  /** `date_add` in seconds of the shop's own clock: only differences of it are used, the shop's resolution is one second. */
  readonly addedAtSeconds: number;
};

/** A row of `order_details`. */
export type OrderLine = {
  readonly id: number;
  readonly productId: number;
  readonly attributeId: number;
  /** `product_quantity`: the whole line, refunds not subtracted. */
  readonly quantity: number;
  /** `product_quantity_reinjected`: units that refunds and returns have put back. */
  readonly reinjected: number;
};

/** A row of `order_slip` with its details. */
export type OrderSlip = {
  readonly id: number;
  readonly items: readonly { readonly lineId: number; readonly quantity: number }[];
};

/** One order as the webservice showed it at one moment. */
export type OrderView = {
  readonly shopId: number;
  /** `current_state`; 0 while the shop is still making the order. */
  readonly stateId: number;
  readonly history: readonly HistoryRow[];
  readonly lines: readonly OrderLine[];
  readonly slips: readonly OrderSlip[];
};
