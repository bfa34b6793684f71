/**
 * What one client knows of what it has told the ledger. Nobody else writes under its keys, so once all of its requests
 * are answered its books say exactly what the ledger must say.
 */

export type FactKind = 'receipt' | 'issue' | 'adjustment';
/** A fact in its newest acknowledged version; `onHand` is what it adds to the units that are there. */
export type Fact = {
  readonly kind: FactKind;
  readonly sku: string;
  readonly sourceKey: string;
  readonly version: number;
  readonly quantity: number;
};

/** `lasting`: holds for an hour, longer than the test; else for a second. */
export type Cart = { readonly key: string; readonly lasting: boolean; readonly lines: ReadonlyMap<string, number> };

export type OrderLine = {
  readonly line: string;
  readonly sku: string;
  readonly ordered: number;
  readonly cancelled: number;
  readonly shipped: number;
};
export type Order = {
  readonly key: string;
  readonly version: number;
  readonly lines: readonly OrderLine[];
  readonly cart?: string;
};

/** A request whose answer said that it is done, and what the log has to show for it. */
export type Acknowledged = { readonly request: Request; readonly proof: Proof };
export type Proof =
  | { readonly kind: 'fact'; readonly sku: string; readonly sourceKey: string; readonly version: number }
  | { readonly kind: 'cart'; readonly commandId: string; readonly skus: readonly string[] }
  | { readonly kind: 'order'; readonly channel: string; readonly orderKey: string; readonly version: number }
  | { readonly kind: 'none' };

/** Known by its id, and the same whenever it is sent. */
export type Request = {
  readonly id: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** The id goes along as Idempotency-Key; without it the content's own key and version guard it. */
  readonly guardedById: boolean;
};

export type Books = {
  readonly client: string;
  readonly facts: Map<string, Fact>;
  readonly carts: Map<string, Cart>;
  readonly orders: Map<string, Order>;
  readonly acknowledged: Acknowledged[];
  /** Ids of events that answers have shown, and where. */
  readonly eventsSeen: Map<string, { readonly revision: number; readonly type: string }>;
};

export const openBooks = (client: string): Books => ({
  client,
  facts: new Map(),
  carts: new Map(),
  orders: new Map(),
  acknowledged: [],
  eventsSeen: new Map(),
});

const signOf: Record<FactKind, 1 | -1> = { receipt: 1, issue: -1, adjustment: 1 };

/** Units on hand by SKU as these books together have it. */
export const onHandOf = (all: readonly Books[]): ReadonlyMap<string, number> => {
  const units = new Map<string, number>();
  const add = (sku: string, quantity: number): void => void units.set(sku, (units.get(sku) ?? 0) + quantity);
  for (const { facts, orders } of all) {
    for (const { sku, kind, quantity } of facts.values()) add(sku, signOf[kind] * quantity);
    for (const { lines } of orders.values()) for (const { sku, shipped } of lines) add(sku, -shipped);
  }
  return units;
};
