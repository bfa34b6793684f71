import type { Books, Cart, Fact, FactKind, Order, OrderLine, Proof, Request } from './books.js';
import type { Rolls } from './rolls.js';

/** Something a client wants done: the request, and what it writes into its books once that is acknowledged. */
export type Errand = {
  readonly request: Request;
  readonly proof: Proof;
  readonly enter: (books: Books) => void;
};

export type Shop = {
  readonly skus: readonly string[];
  readonly locations: readonly string[];
  readonly channel: string;
  readonly connection: string;
};

/** What the next errand is made from; `number` makes its id and its keys. */
type Scene = { readonly shop: Shop; readonly books: Books; readonly rolls: Rolls; readonly number: number };
type Maker = (scene: Scene) => Errand | undefined;

const nameOf = ({ books, number }: Scene, prefix: string): string => `${books.client}-${prefix}${number}`;

// Facts

const factErrand = (scene: Scene, fact: Fact, location: string): Errand => {
  const { kind, sku, sourceKey, version, quantity } = fact;
  const body = {
    ...{ kind, sku, location, quantity, sourceKey, sourceVersion: version },
    ...(kind === 'adjustment' && { reason: 'found on the shelf' }),
  };
  const id = nameOf(scene, 'f');
  const request = { id, method: 'POST', path: '/v1/movements', body, guardedById: scene.rolls.chance(0.5) } as const;
  return {
    request,
    proof: { kind: 'fact', sku, sourceKey, version },
    enter: ({ facts }) => void facts.set(sourceKey, fact),
  };
};

const quantityOf = (kind: FactKind, rolls: Rolls): number => {
  if (kind === 'receipt') return rolls.integer(1, 6);
  return kind === 'issue' ? rolls.integer(1, 3) : rolls.integer(-3, 3);
};

/** Each fact has its one place, which its key tells. */
const locationOf = ({ locations }: Shop, sourceKey: string): string =>
  locations[sourceKey.length % locations.length] ?? '';

const newFact: Maker = (scene) => {
  const { rolls, shop } = scene;
  const kind = rolls.pick<FactKind>(['receipt', 'receipt', 'issue', 'adjustment']) ?? 'receipt';
  const sku = rolls.pick(shop.skus) ?? '';
  const sourceKey = nameOf(scene, kind);
  const fact = { kind, sku, sourceKey, version: 1, quantity: quantityOf(kind, rolls) };
  return factErrand(scene, fact, locationOf(shop, sourceKey));
};

/** A correction, sometimes to nothing. */
const correctedFact: Maker = (scene) => {
  const { rolls, books, shop } = scene;
  const fact = rolls.pick([...books.facts.values()]);
  if (fact === undefined) return undefined;
  const quantity = rolls.chance(0.2) ? 0 : quantityOf(fact.kind, rolls);
  return factErrand(scene, { ...fact, version: fact.version + 1, quantity }, locationOf(shop, fact.sourceKey));
};

// Carts

const ttlSecondsOf = ({ lasting }: Cart): number => (lasting ? 3_600 : 1);

const cartErrand = (scene: Scene, cart: Cart): Errand => {
  const { shop, books } = scene;
  const dropped = [...(books.carts.get(cart.key)?.lines.keys() ?? [])];
  const lines = [...cart.lines].map(([sku, quantity]) => ({ sku, quantity }));
  const id = nameOf(scene, 'c');
  const path = `/v1/reservations/${shop.channel}/${cart.key}`;
  const body = { lines, ttlSeconds: ttlSecondsOf(cart) };
  return {
    request: { id, method: 'PUT', path, body, guardedById: true },
    proof: {
      kind: 'cart',
      commandId: `${shop.connection}:${id}`,
      skus: [...new Set([...cart.lines.keys(), ...(cart.lasting ? dropped : [])])],
    },
    enter: ({ carts }) => void carts.set(cart.key, cart),
  };
};

const linesOf = ({ rolls, shop }: Scene): ReadonlyMap<string, number> =>
  new Map(
    rolls
      .shuffled(shop.skus)
      .slice(0, rolls.integer(1, 3))
      .map((sku) => [sku, rolls.integer(1, 6)]),
  );

const newCart: Maker = (scene) =>
  cartErrand(scene, { key: nameOf(scene, 'cart'), lasting: scene.rolls.chance(0.7), lines: linesOf(scene) });

const changedCart: Maker = (scene) => {
  const cart = scene.rolls.pick([...scene.books.carts.values()]);
  return cart && cartErrand(scene, { ...cart, lines: linesOf(scene) });
};

const releasedCart: Maker = (scene) => {
  const { rolls, books, shop } = scene;
  const cart = rolls.pick([...books.carts.values()]);
  if (cart === undefined) return undefined;
  const path = `/v1/reservations/${shop.channel}/${cart.key}`;
  return {
    request: { id: nameOf(scene, 'r'), method: 'DELETE', path, guardedById: true },
    proof: { kind: 'none' },
    enter: ({ carts }) => void carts.set(cart.key, { ...cart, lines: new Map() }),
  };
};

// Orders

const orderErrand = (scene: Scene, order: Order, consumed?: Cart): Errand => {
  const { shop } = scene;
  const { key, version, lines, cart } = order;
  const body = {
    ...{ version, placedAt: '2026-01-01T00:00:00Z', payment: 'paid', lines },
    ...(cart !== undefined && { cart }),
  };
  const path = `/v1/orders/${shop.channel}/${key}`;
  return {
    request: { id: nameOf(scene, 'o'), method: 'PUT', path, body, guardedById: scene.rolls.chance(0.5) },
    proof: { kind: 'order', channel: shop.channel, orderKey: key, version },
    enter: ({ orders, carts }) => {
      orders.set(key, order);
      if (consumed) carts.delete(consumed.key);
    },
  };
};

const orderedLines = (lines: ReadonlyMap<string, number>): readonly OrderLine[] =>
  [...lines].map(([sku, ordered], index) => ({ line: String(index + 1), sku, ordered, cancelled: 0, shipped: 0 }));

/** Some orders come of a cart and take all that it holds. */
const newOrder: Maker = (scene) => {
  const { rolls, books } = scene;
  const cart = rolls.chance(0.5)
    ? rolls.pick([...books.carts.values()].filter(({ lines }) => lines.size > 0))
    : undefined;
  const lines = orderedLines(cart?.lines ?? linesOf(scene));
  const order = { key: nameOf(scene, 'order'), version: 1, lines, ...(cart && { cart: cart.key }) };
  return orderErrand(scene, order, cart);
};

const changedLine = (line: OrderLine, rolls: Rolls): OrderLine => {
  const ordered = Math.max(line.shipped + line.cancelled, rolls.integer(0, 5));
  const shipped = rolls.integer(line.shipped, ordered - line.cancelled);
  return { ...line, ordered, shipped, cancelled: rolls.integer(line.cancelled, ordered - shipped) };
};

const changedOrder: Maker = (scene) => {
  const { rolls, books } = scene;
  const order = rolls.pick([...books.orders.values()]);
  if (order === undefined) return undefined;
  const lines = order.lines.map((line) => changedLine(line, rolls));
  return orderErrand(scene, { ...order, version: order.version + rolls.integer(1, 3), lines });
};

/** Each as often as it stands here. */
const makers: readonly Maker[] = [
  ...[newFact, newFact, correctedFact],
  ...[newCart, newCart, newCart, changedCart, releasedCart],
  ...[newOrder, newOrder, changedOrder, changedOrder],
];

/** The next errand of this client. */
export const nextErrand = (scene: Scene): Errand => {
  for (;;) {
    const errand = scene.rolls.pick(makers)?.(scene);
    if (errand) return errand;
  }
};
