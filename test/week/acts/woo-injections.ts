import { instantOf } from '#event-sourcing';
import type { Order, PausePoint } from '../../servers/woocommerce/index.js';
import { isSame, shouldShowIn } from '../company/company.js';
import type { Listing } from '../company/places.js';
import { stockIdOf, type WooPlace } from '../company/woo-place.js';
import { inject, showsMillis } from '../notes.js';
import { takeListing, until } from '../scene.js';
import { operator } from '../ledger/open-ledger.js';
import { crashWhenWritten } from './injections.js';
import { tellsFirst } from './shopping.js';
import { receive } from './warehouse.js';
import { aWhile } from './woo-everyday.js';
import {
  buyIn,
  change,
  injectAt,
  keyOf,
  lineOf,
  provokeWrite,
  takeWooSpot,
  touched,
  type MixedScene,
  type OrderChange,
  type WooAct,
  type WooSpot,
} from './woo-shopping.js';

/** What goes wrong in shops of WooCommerce, each on a listing of its own. */

const statusOf =
  (order: number) =>
  (point: PausePoint): boolean =>
    point.at === 'status' && point.order === order;

/** Two do the same to an order at once: both find it as it was, and stock moves twice. */
const doTwice = async (scene: MixedScene, spot: WooSpot, { id }: Order, what: OrderChange): Promise<void> => {
  const { shop } = spot.place.server;
  const held = spot.place.hold(statusOf(id));
  touched(scene, spot.listing);
  const both = [1, 2].map(() => shop.updateOrder(id, what));
  await scene.stage.rest(10);
  held.open();
  for (const one of await Promise.all(both)) spot.place.note(one);
  touched(scene, spot.listing);
};

/** The shop keeps the units no longer, they may be sold by then, and the money comes all the same. */
const latePayment: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2), { gateway: 'offsite', checkout: 'block' });
  if (order === undefined) return;
  await scene.stage.rest(spot.place.holdMillis + scene.draw.below(30_000));
  touched(scene, spot.listing);
  await provokeWrite(scene, spot.listing);
  await aWhile(scene);
  injectAt(scene, spot.listing, 'a late payment');
  await change(scene, spot, order, { setPaid: true });
};

/** A gateway's notice and the shopper's way back say at once that it is paid. */
const doublePayment: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2), { gateway: 'offsite' });
  await aWhile(scene);
  if (order === undefined) return;
  injectAt(scene, spot.listing, 'a double payment');
  await doTwice(scene, spot, order, { setPaid: true });
};

const doubleCancellation: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  await aWhile(scene);
  if (order === undefined) return;
  injectAt(scene, spot.listing, 'a double cancellation');
  tellsFirst(scene, spot);
  await doTwice(scene, spot, order, { status: 'cancelled' });
};

/** The shop gives nothing back, and takes nothing again for what is fetched out of the trash. */
const trashed: WooAct = async (scene, spot) => {
  const { shop } = spot.place.server;
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  await aWhile(scene);
  if (order === undefined) return;
  injectAt(scene, spot.listing, 'an order in the trash');
  shop.trashOrder(order.id);
  touched(scene, spot.listing);
  await aWhile(scene);
  if (scene.draw.chance(0.3)) shop.untrashOrder(order.id);
  touched(scene, spot.listing);
};

/** No order has as many versions. */
const lastVersion = 1_000_000;

/** A person who has read that the order is gone cancels it at the ledger. */
const cancelAtLedger = async (scene: MixedScene, { place, listing }: WooSpot, order: Order): Promise<void> => {
  const { ledger, stage, side } = scene;
  const at = instantOf(stage.millis());
  const lines = order.lines.map(({ id, quantity }) => ({
    ...{ line: String(id), product: { ids: listing.ids }, ordered: quantity, cancelled: 0 },
  }));
  const answer = await ledger.orders.record(
    { ...operator, connection: place.connection },
    { channel: place.channel, orderKey: keyOf(order) },
    { version: lastVersion, placedAt: instantOf(order.createdAt), changedAt: at, payment: 'cancelled', lines },
  );
  if (answer.kind === 'failed') throw new Error(`Order ${keyOf(order)}: ${JSON.stringify(answer.failure)}`);
  place.giveUp(order.id);
  touched(scene, listing);
  side.touched(listing.sku);
};

/** Of many at once there is one ticket, which names them. */
export const isSaidToBeGone = ({ alerts }: MixedScene, channel: string, order: number): boolean =>
  alerts.some(
    ({ code, subject, detail, ...one }) =>
      code === 'order_vanished' &&
      one.channel === channel &&
      (subject === String(order) || (subject === '' && new RegExp(`\\b${order}\\b`, 'u').test(detail))),
  );

/** By then the order has been read: feeds are read every five seconds. */
const readMillis = 8_000;

/** The shop tells nobody, unless its plugin does: then a person reads of it, and cancels the order. */
const deleted: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  await scene.stage.rest(readMillis);
  await aWhile(scene);
  if (order === undefined) return;
  injectAt(scene, listing, 'a deleted order');
  place.lose(order.id);
  touched(scene, listing);
  scene.lost.push({ channel: place.channel, order: order.id });
  if (scene.draw.chance(0.5)) return;
  scene.hint(place.channel, [String(order.id)]);
  if (await until(scene, () => isSaidToBeGone(scene, place.channel, order.id), 30_000))
    await cancelAtLedger(scene, spot, order);
};

/** The line takes along what it says that it has taken, and no units: a cancellation gives them to the other product. */
const lineMoved: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const other = takeListing(scene, [...place.bySku.values()]);
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  await scene.stage.rest(readMillis);
  await aWhile(scene);
  if (order === undefined) return;
  const { id } = lineOf(spot, order);
  const { id_product: product, id_product_attribute: variation } = other.sellable;
  for (const one of [listing, other]) injectAt(scene, one, 'a line moved to another product');
  touched(scene, other);
  await change(scene, spot, order, { lines: [{ id, product, variation }] });
  touched(scene, other);
  await aWhile(scene);
  if (scene.draw.chance(0.5)) {
    touched(scene, other);
    tellsFirst(scene, { listing: other });
    await change(scene, spot, order, { status: 'cancelled' });
  }
  touched(scene, other);
};

/** Nobody compares the units with those that were sold. */
const refundBeyond: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 2);
  await aWhile(scene);
  if (order === undefined) return;
  injectAt(scene, spot.listing, 'a refund beyond what was sold');
  tellsFirst(scene, spot);
  touched(scene, spot.listing);
  const lines = [{ line: lineOf(spot, order).id, quantity: 3 + scene.draw.below(3) }];
  await spot.place.server.shop.refund(order.id, { amount: 1, lines });
  touched(scene, spot.listing);
};

/** The shop is asked again for a row that it has refused after so long. */
const refusedMillis = 300_000;

/** The product is not there for a moment, as while it is imported anew: its row of the batch is refused, the others are not. */
const rowRefused: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const { products } = place.server.shop.context;
  const forget = scene.network.meanwhile(place.channel, listing.row, () => {
    const injection = injectAt(scene, listing, 'a refused row');
    injection.until = scene.stage.millis() + refusedMillis + showsMillis;
    const id = stockIdOf(listing);
    const product = products.get(id);
    if (product === undefined) throw new Error(`${place.channel} has no product ${id}`);
    products.delete(id);
    scene.stage.play('a product comes back', async () => {
      await scene.stage.rest(10);
      products.set(id, product);
    });
    return Promise.resolve();
  });
  await provokeWrite(scene, listing);
  await scene.stage.rest(20_000);
  forget();
};

/** Nothing tells of it but the row, which is looked at when something else happens to it. */
const untilSeen = async (scene: MixedScene, listing: Listing): Promise<void> => {
  await scene.stage.rest(3_000 + scene.draw.below(7_000));
  await provokeWrite(scene, listing);
};

/** Before anybody has read it: its units are missing in the row, as if somebody had typed a figure. */
const deletedUnread: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  if (order === undefined) return;
  place.server.shop.deleteOrder(order.id);
  injectAt(scene, listing, 'an order deleted unread', true);
  touched(scene, listing);
  await untilSeen(scene, listing);
};

/**
 * Before anybody has read it: the order says that its units are another product's, whose row shows too much for that, and they
 * are missing in the row that they were taken from.
 */
const lineMovedUnread: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const other = takeListing(scene, [...place.bySku.values()]);
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2));
  if (order === undefined) return;
  const { id } = lineOf(spot, order);
  const { id_product: product, id_product_attribute: variation } = other.sellable;
  place.note(await place.server.shop.updateOrder(order.id, { lines: [{ id, product, variation }] }));
  injectAt(scene, listing, 'a line moved unread', true);
  inject(scene.notes, {
    ...{ cause: 'a line moved unread', channel: place.channel, row: other.row },
    ...{ from: scene.stage.millis(), isSeen: true, isBeside: true },
  });
  for (const one of [listing, other]) touched(scene, one);
  await untilSeen(scene, listing);
};

/** Somebody types a figure: nothing tells of it but the row, which is looked at when something else happens to it. */
const type = async (scene: MixedScene, { place, listing }: WooSpot, by: number): Promise<void> => {
  place.server.shop.setStock(stockIdOf(listing), place.shows(listing) + by);
  touched(scene, listing);
  await scene.stage.rest(3_000 + scene.draw.below(7_000));
};

const typedUp: WooAct = async (scene, spot) => {
  injectAt(scene, spot.listing, 'a hand edit up', true);
  await type(scene, spot, 1 + scene.draw.below(7));
  await provokeWrite(scene, spot.listing);
};

/** Not with a sale in this very shop: as many units as that took might be its own, taken twice, which is expected of such a shop. */
const typedDown: WooAct = async (scene, spot) => {
  injectAt(scene, spot.listing, 'a hand edit down', true);
  await type(scene, spot, -1 - scene.draw.below(2));
  await provokeWrite(scene, spot.listing);
};

const lateMillisMax = 60_000;

const isRight = ({ company }: MixedScene, { place, listing }: WooSpot): boolean =>
  isSame(place.shows(listing), shouldShowIn(company, place, listing));

/** The connection breaks at once, and the shop carries the request out when its client has given it up. */
const lateRequest: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const { stage, notes, draw } = scene;
  const { faults } = place.server;
  const forget = scene.network.meanwhile(place.channel, listing.row, (rows, done) => {
    const injection = { cause: 'a late request', channel: place.channel, from: stage.millis() } as const;
    for (const row of rows) inject(notes, { ...injection, row, isBeside: row !== listing.row });
    if (!done.has('late')) faults.add({ fault: { kind: 'late' }, method: 'POST', resource: 'products', times: 1 });
    done.add('late');
    return Promise.resolve();
  });
  await provokeWrite(scene, listing);
  await until(scene, () => faults.held() > 0, 20_000);
  await stage.rest(5_000 + draw.below(16_000));
  if (draw.chance(0.5)) await provokeWrite(scene, listing, 1);
  if (draw.chance(0.5)) receive(scene, listing.sku, 6);
  await stage.rest(draw.below(25_000));
  const came = stage.millis();
  faults.release();
  forget();
  touched(scene, listing);
  await stage.rest(1);
  if (await until(scene, () => isRight(scene, spot), lateMillisMax)) notes.lateMillis.push(stage.millis() - came);
  else notes.wrong.push(`A request wrote it late, and a minute later ${place.channel}/${listing.sku} is not right`);
};

/** Orders cannot be read while stock can: what the shop sells meanwhile is not heard of. */
const feedOutage: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  const { stage, draw } = scene;
  const injection = injectAt(scene, listing, 'a feed outage');
  const heal = place.server.faults.add({ resource: 'orders', method: 'GET', fault: { kind: 'error_after_commit' } });
  const lasts = 35_000 + draw.below(55_000);
  injection.until = stage.millis() + lasts + showsMillis;
  const end = stage.millis() + lasts;
  await stage.rest(10_000);
  await buyIn(scene, spot, 1);
  await stage.rest(draw.below(20_000));
  if (draw.chance(0.5)) receive(scene, listing.sku, 10);
  await provokeWrite(scene, listing);
  await stage.rest(Math.max(0, end - stage.millis()));
  heal();
  touched(scene, listing);
};

/** Ends while a write is on its way: before the shop has begun with it, or before its answer has come. */
const crashed: WooAct = async (scene, { listing }) => {
  const forget = crashWhenWritten(scene, listing);
  await provokeWrite(scene, listing);
  await scene.stage.rest(30_000);
  forget();
};

export const wooInjections: Readonly<Record<string, WooAct>> = {
  ...{ latePayment, doublePayment, doubleCancellation, trashed, deleted, lineMoved, refundBeyond, rowRefused },
  ...{ typedUp, typedDown, deletedUnread, lineMovedUnread, lateRequest, feedOutage, crashed },
};

/** One of them, at some moment of the next while. @param place where; anywhere when left out */
export const goWrongInWoo = async (
  scene: MixedScene,
  act: WooAct | undefined,
  withinMillis: number,
  place?: WooPlace,
): Promise<void> => {
  if (act === undefined) throw new Error('Nothing of that name goes wrong');
  const spot = takeWooSpot(scene, place);
  await scene.stage.rest(scene.draw.below(withinMillis));
  await act(scene, spot);
  touched(scene, spot.listing);
};
