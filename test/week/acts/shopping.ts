import type { OrderRow } from '../../servers/prestashop/index.js';
import { createShopper } from '../../servers/prestashop/index.js';
import { showsNow } from '../company/company.js';
import { nameOf, type Listing, type Place } from '../company/places.js';
import { count, inject, showsMillis } from '../notes.js';
import { listingAt, type OpenOrder, type Scene, type Spot } from '../scene.js';

/** States of a new shop. */
export const states = { wire: 10, paid: 2, shipped: 4, cancelled: 6, error: 8 } as const;

export const happened = ({ notes, stage }: Scene, sku: string): void => void notes.touched.set(sku, stage.millis());

/** The order as it will be, begun at once. Nobody buys what the row does not show. */
export const startOrder = (
  { place: { server } }: Spot,
  { sellable }: Spot['listing'],
  units: number,
  state: number,
): Promise<OrderRow> => server.shop.placeOrder({ lines: [{ ...sellable, quantity: units }], state });

/** Somebody buys what the row shows; undefined: it does not show as much. */
export const buy = async (
  scene: Scene,
  spot: Spot,
  units: number,
  state: number = states.paid,
): Promise<OpenOrder | undefined> => {
  const { place, listing } = spot;
  if (showsNow(place, listing) < units) return undefined;
  happened(scene, listing.sku);
  const { id } = await startOrder(spot, listing, units, state);
  happened(scene, listing.sku);
  count(scene.notes, 'order');
  const order = { place, id, sku: listing.sku };
  scene.orders.push(order);
  return order;
};

/** The same SKU is sold in another channel: this row has to be written. */
export const sellElsewhere = async (scene: Scene, elsewhere: Place, sku: string, units: number): Promise<void> => {
  const listing = listingAt(elsewhere, sku);
  inject(scene.notes, {
    ...{ cause: 'a sale elsewhere', channel: elsewhere.channel },
    ...{ row: listing.row, from: scene.stage.millis() },
  });
  await buy(scene, { place: elsewhere, listing }, units);
};

/** What raises a row of a shop is told by the row before the feed tells it, to whoever looks just then. */
export const tellsFirst = ({ notes, stage }: Scene, { listing: { channel, row } }: Pick<Spot, 'listing'>): void => {
  const before = stage.millis() - 100;
  const restock = { cause: 'a restock that the row tells first', channel, row, from: before } as const;
  notes.injections.push({ ...restock, until: before + showsMillis, isSeen: false, doneAt: before });
};

export const changeState = async (scene: Scene, order: OpenOrder, state: number): Promise<void> => {
  const { place, id, sku } = order;
  happened(scene, sku);
  if (state === states.cancelled || state === states.error) tellsFirst(scene, { listing: listingAt(place, sku) });
  await place.server.shop.changeState({ order: id, state, changer: 'back_office' });
  count(scene.notes, `state ${state}`);
};

/** The one line of an order that has one. */
export const detailOf = ({ place, id }: OpenOrder): number => place.server.shop.linesOf(id)[0]?.id ?? 0;

/** No shopper has longer than this to pay for a cart. */
const payMillisMax = 60_000;
/** The module asks the ledger to hold a cart so much longer: an order of the last moment is still on its way then. */
export const afterlifeMillis = 60_000;
/** No cart is held longer. */
export const cartMillisMax = payMillisMax + afterlifeMillis;

/** How long a shopper has to pay, and how long the ledger holds the cart after that; undefined: nobody pays. */
export type CartTimes = {
  readonly payMillis: number;
  readonly afterlifeMillis: number;
  readonly paysAfter: number | undefined;
};

export const someTimes = ({ draw }: Scene): CartTimes => {
  const payMillis = payMillisMax / 3 + draw.below((payMillisMax * 2) / 3);
  const paysAfter = draw.below(payMillis * 1.5);
  return { payMillis, afterlifeMillis, paysAfter: paysAfter < payMillis ? paysAfter : undefined };
};

/** Units of a listing that a cart asks for. */
export type Asked = {
  readonly connection: string;
  readonly cart: string;
  readonly listing: Listing;
  readonly units: number;
  readonly ttlMillis: number;
};

/** Asks the ledger to hold them; answers the name of the cart among those of the company; undefined: it does not. */
export const holdAtLedger = async (
  scene: Scene,
  { connection, cart, listing, units, ttlMillis }: Asked,
): Promise<string | undefined> => {
  const { stage, company, ledger, side, notes } = scene;
  const { channel, sku, ids, unitsPerSale } = listing;
  const quantity = units * unitsPerSale;
  const answer = await ledger.carts.set(
    { connection, actor: 'week', correlationId: 'week' },
    { channel, cart, ttlMillis, lines: [{ sku, quantity, listing: nameOf(ids) }] },
  );
  count(notes, `cart ${answer.kind}`);
  if (answer.kind !== 'held') return undefined;
  const key = `${channel}/${cart}`;
  const until = stage.millis() + ttlMillis;
  company.carts.set(key, { channel, cart, sku, units: quantity, until });
  company.changed.add(sku);
  happened(scene, sku);
  side.touched(sku);
  stage.play('the end of a hold', async () => {
    await stage.rest(ttlMillis + 1);
    company.changed.add(sku);
    side.touched(sku);
  });
  return key;
};

type HeldCart = { readonly cart: number; readonly key: string };

/** Puts units into a cart and asks the ledger to hold them; undefined: there are none, or it does not. */
const holdCart = async (
  scene: Scene,
  { place, listing }: Spot,
  units: number,
  ttlMillis: number,
): Promise<HeldCart | undefined> => {
  const { connection, server } = place;
  const { cart, page } = createShopper({ context: server.shop.context }).addToCart({
    ...listing.sellable,
    quantity: units,
  });
  if (page.kind !== 'shown') return undefined;
  const key = await holdAtLedger(scene, { connection, cart: `1-${cart}`, listing, units, ttlMillis });
  return key === undefined ? undefined : { cart, key };
};

/**
 * A cart that the ledger holds for a while, as the shop's module asks it to: the shop must let it pass. It becomes an order
 * or is forgotten.
 */
export const fillCart = async (
  scene: Scene,
  spot: Spot,
  units: number,
  times: CartTimes = someTimes(scene),
): Promise<void> => {
  const ttlMillis = times.payMillis + times.afterlifeMillis;
  const held = await holdCart(scene, spot, units, ttlMillis);
  if (held === undefined) return;
  await scene.stage.rest(times.paysAfter ?? ttlMillis);
  if (times.paysAfter !== undefined) await payHeld(scene, spot, held);
  happened(scene, spot.listing.sku);
  scene.company.carts.delete(held.key);
  scene.company.changed.add(spot.listing.sku);
};

const payHeld = async (scene: Scene, { place, listing }: Spot, { cart, key }: HeldCart): Promise<void> => {
  const { company, notes } = scene;
  const { shop } = place.server;
  if (createShopper({ context: shop.context }).checkCart(cart).errors)
    notes.wrong.push(`${key}, which holds ${listing.sku}, does not pass the stock check of ${place.channel}`);
  const { id } = await shop.createOrder({ cart, state: states.paid });
  company.carts.delete(key);
  company.changed.add(listing.sku);
  scene.orders.push({ place, id, sku: listing.sku });
  count(notes, 'order of a held cart');
};
