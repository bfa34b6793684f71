/**
 * Rows of the shop's tables, with the names of its columns. Integers are numbers, decimals and dates the strings that the
 * database gives ("1.000000", "2026-11-20 22:06:48" in the shop's own time).
 */
export type Row = { readonly id: number };

export type ProductRow = Row & {
  readonly reference: string;
  readonly ean13: string;
  readonly name: string;
  readonly price: string;
  readonly active: number;
  readonly is_virtual: number;
  /** 0 pack only, 1 its components, 2 both, 3 as PS_PACK_STOCK_TYPE says. Means something for packs alone. */
  readonly pack_stock_type: number;
  readonly minimal_quantity: number;
  readonly date_add: string;
  readonly date_upd: string;
};

export type CombinationRow = Row & {
  readonly id_product: number;
  readonly reference: string;
  readonly ean13: string;
  readonly minimal_quantity: number;
};

/** A component of a pack. A product with one is a pack. */
export type PackItemRow = Row & {
  readonly id_pack: number;
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly quantity: number;
};

/** Sellable stock. A product with combinations has a row for each of them, and one with attribute 0 that holds their sum. */
export type StockRow = Row & {
  readonly id_product: number;
  readonly id_product_attribute: number;
  /** 0 in a row that a group of shops shares. */
  readonly id_shop: number;
  /** 0 in a row of one shop. */
  readonly id_shop_group: number;
  readonly quantity: number;
  readonly physical_quantity: number;
  readonly reserved_quantity: number;
  readonly depends_on_stock: number;
  /** 0 deny orders beyond the quantity, 1 allow them, 2 as PS_ORDER_OUT_OF_STOCK says. */
  readonly out_of_stock: number;
  readonly location: string;
};

export type CartLine = {
  readonly id_product: number;
  readonly id_product_attribute: number;
  readonly quantity: number;
};

export type CartRow = Row & {
  readonly id_shop: number;
  readonly id_customer: number;
  readonly id_address_delivery: number;
  readonly lines: readonly CartLine[];
  readonly date_add: string;
  readonly date_upd: string;
};

export type OrderRow = Row & {
  readonly id_cart: number;
  readonly id_shop: number;
  readonly id_shop_group: number;
  readonly id_customer: number;
  readonly id_address_delivery: number;
  readonly id_address_invoice: number;
  /** 0 until the first history row stands. */
  readonly current_state: number;
  readonly valid: number;
  readonly reference: string;
  readonly module: string;
  readonly payment: string;
  readonly note: string;
  readonly secure_key: string;
  readonly invoice_number: number;
  readonly invoice_date: string;
  readonly delivery_number: number;
  readonly delivery_date: string;
  readonly date_add: string;
  readonly date_upd: string;
  readonly total_paid: string;
  readonly total_paid_tax_incl: string;
  readonly total_paid_tax_excl: string;
  readonly total_paid_real: string;
  readonly total_products: string;
  readonly total_products_wt: string;
  readonly total_shipping: string;
  readonly total_shipping_tax_incl: string;
  readonly total_shipping_tax_excl: string;
};

export type DetailRow = Row & {
  readonly id_order: number;
  readonly id_shop: number;
  readonly product_id: number;
  readonly product_attribute_id: number;
  readonly product_name: string;
  readonly product_reference: string;
  readonly product_price: string;
  readonly original_wholesale_price: string;
  readonly total_price: string;
  readonly product_quantity: number;
  readonly product_quantity_in_stock: number;
  readonly product_quantity_return: number;
  readonly product_quantity_refunded: number;
  readonly product_quantity_reinjected: number;
};

export type HistoryRow = Row & {
  readonly id_employee: number;
  readonly id_order_state: number;
  readonly id_order: number;
  readonly date_add: string;
};

export type SlipLine = { readonly id_order_detail: number; readonly product_quantity: number };

export type SlipRow = Row & {
  readonly id_customer: number;
  readonly id_order: number;
  readonly partial: number;
  readonly lines: readonly SlipLine[];
  readonly date_add: string;
  readonly date_upd: string;
};

export type MovementRow = Row & {
  readonly id_stock: number;
  readonly id_order: number;
  readonly id_employee: number;
  readonly id_stock_mvt_reason: number;
  /** How many units, without their sign. */
  readonly physical_quantity: number;
  readonly sign: number;
  readonly date_add: string;
};

export type StateRow = Row & {
  readonly name: string;
  readonly template: string;
  readonly module_name: string;
  readonly color: string;
  readonly logable: number;
  readonly shipped: number;
  readonly paid: number;
  readonly delivery: number;
  readonly invoice: number;
  readonly send_email: number;
  readonly pdf_invoice: number;
};

export type ConfigurationRow = Row & { readonly name: string; readonly value: string };

export type ShopRow = Row & { readonly id_shop_group: number; readonly name: string; readonly theme_name: string };

export type ShopGroupRow = Row & { readonly name: string; readonly share_stock: number };

export type ReturnRow = Row & {
  readonly id_customer: number;
  readonly id_order: number;
  readonly state: number;
  readonly date_add: string;
  readonly date_upd: string;
};
