import type { PausePoint } from '../../servers/prestashop/index.js';
import { showsNow } from '../company/company.js';
import type { Held, Listing, Place } from '../company/places.js';
import { inject, showsMillis, type CauseName, type Injection } from '../notes.js';
import { otherPlace, takeSpot, until, type RowKey, type Scene, type Spot } from '../scene.js';
import type { Act } from './everyday.js';
import { buy, changeState, detailOf, happened, sellElsewhere, startOrder, states } from './shopping.js';
import { receive } from './warehouse.js';

/** What goes wrong in shops and on the way to them, each on a listing of its own. */

const injectAt = ({ notes, stage }: Scene, { place, listing }: Spot, cause: CauseName, isSeen = false): Injection =>
  inject(notes, { cause, channel: place.channel, row: listing.row, from: stage.millis(), isSeen });

/** What is done to a request is done to all of its rows, once for each. */
const injectAll = (
  { notes, stage }: Scene,
  { place: { channel }, listing }: Spot,
  cause: CauseName,
  rows: readonly RowKey[],
): void => {
  for (const row of rows) inject(notes, { cause, channel, row, from: stage.millis(), isBeside: row !== listing.row });
};

const rowIdOf = ({ place, listing }: Spot): number => place.server.shop.stockOf(listing.sellable)?.id ?? 0;

/** Acts of people that are about to write this very row. */
const writesRow =
  (row: number) =>
  (at: PausePoint): boolean =>
    at.point === 'stock_write' && at.row === row && at.cause.kind === 'act';

const holdWritesOf = (spot: Spot): Held => spot.place.hold(writesRow(rowIdOf(spot)));

/** Somebody has a reason to write this row: units of it go elsewhere. */
const provokeWrite = (scene: Scene, { place, listing }: Spot, units = 2): Promise<void> =>
  sellElsewhere(scene, otherPlace(scene, place), listing.sku, units);

const noteOrders = async (
  { orders }: Scene,
  { place, listing }: Spot,
  placed: Promise<{ readonly id: number }>,
): Promise<void> => {
  const { id } = await placed;
  orders.push({ place, id, sku: listing.sku });
};

const lostDecrement: Act = async (scene, spot) => {
  const held = holdWritesOf(spot);
  const placed = [1, 2].map(() => startOrder(spot, spot.listing, 1, states.paid));
  await scene.stage.rest(300);
  injectAt(scene, spot, 'a lost decrement', true);
  held.open();
  for (const one of placed) await noteOrders(scene, spot, one);
  happened(scene, spot.listing.sku);
};

/** The shop reads the row before our write and writes it after: ours is gone. */
const writeCrossed: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const before = showsNow(place, listing);
  const held = holdWritesOf(spot);
  const placed = startOrder(spot, listing, 1, states.paid);
  await provokeWrite(scene, spot);
  const isWritten = await until(scene, () => showsNow(place, listing) < before, 15_000);
  if (isWritten) injectAt(scene, spot, 'a write crossed by a sale', true);
  held.open();
  await noteOrders(scene, spot, placed);
  happened(scene, listing.sku);
};

/** Somebody buys between our reading of the row and our write: the sale is gone from the row. */
const saleCrossed: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const forget = scene.network.meanwhile(place.channel, listing.row, async () => {
    injectAt(scene, spot, 'a sale crossed by a write');
    await buy(scene, spot, 1);
  });
  await provokeWrite(scene, spot);
  await scene.stage.rest(20_000);
  forget();
};

/** The connection breaks at once, and the shop carries the request out when its client has given it up. */
const lateRequest: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const { faults, shop } = place.server;
  const method = shop.version === '1.7.8' ? 'PUT' : 'PATCH';
  const forget = scene.network.meanwhile(place.channel, listing.row, (rows, done) => {
    injectAll(scene, spot, 'a late request', rows);
    if (!done.has('late')) faults.add({ fault: { kind: 'late' }, method, resource: 'stock_availables', times: 1 });
    done.add('late');
    return Promise.resolve();
  });
  await provokeWrite(scene, spot);
  await until(scene, () => faults.held() > 0, 20_000);
  await scene.stage.rest(5_000 + scene.draw.below(16_000));
  if (scene.draw.chance(0.5)) await provokeWrite(scene, spot, 1);
  if (scene.draw.chance(0.5)) receive(scene, listing.sku, 6);
  await scene.stage.rest(scene.draw.below(25_000));
  faults.release();
  forget();
};

/** Somebody types a figure: nothing tells of it but the row, which is looked at when something else happens to it. */
const type = async (scene: Scene, { place, listing }: Spot, delta: number): Promise<void> => {
  await place.server.shop.editStockByHand({ ...listing.sellable, id_shop: 1, delta });
  happened(scene, listing.sku);
  await scene.stage.rest(3_000 + scene.draw.below(7_000));
};

const typedUp: Act = async (scene, spot) => {
  injectAt(scene, spot, 'a hand edit up', true);
  await type(scene, spot, 1 + scene.draw.below(7));
  await provokeWrite(scene, spot);
};

/** From here on a row that lacks three is raised without a person. */
const manyUnits = 40;

/**
 * A sale in this very shop: it is looked at twice, and nothing is written between. More is missing than was sold: as much would be
 * that sale taken twice, for all that anybody can tell.
 */
const typedDown: Act = async (scene, spot) => {
  injectAt(scene, spot, 'a hand edit down', true);
  const units = showsNow(spot.place, spot.listing) >= manyUnits ? 2 + scene.draw.below(2) : 2;
  await type(scene, spot, -units);
  await buy(scene, spot, 1);
};

/** Its units are taken and it has no state yet. */
const inTheMaking: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const { details } = place.server.shop.tables;
  const { id_product, id_product_attribute } = listing.sellable;
  const held = place.hold(
    ({ point, ...at }) =>
      point === 'history' &&
      'order' in at &&
      details
        .where(at.order)
        .some((line) => line.product_id === id_product && line.product_attribute_id === id_product_attribute),
  );
  const injection = injectAt(scene, spot, 'an order in the making');
  injection.doneAt = Number.MAX_SAFE_INTEGER;
  const placed = startOrder(spot, listing, 1, states.paid);
  happened(scene, listing.sku);
  await scene.stage.rest(1_000 + scene.draw.below(6_000));
  if (scene.draw.chance(0.5)) receive(scene, listing.sku, 3);
  await scene.stage.rest(1_000 + scene.draw.below(12_000));
  held.open();
  await noteOrders(scene, spot, placed);
  injection.doneAt = scene.stage.millis();
  happened(scene, listing.sku);
};

/** Orders cannot be read while stock can: what the shop sells meanwhile is not heard of. */
const feedOutage: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const injection = injectAt(scene, spot, 'a feed outage');
  const heal = ['orders', 'order_histories'].map((resource) =>
    place.server.faults.add({ resource, fault: { kind: 'away', status: 500 } }),
  );
  const lasts = 35_000 + scene.draw.below(55_000);
  injection.until = scene.stage.millis() + lasts + showsMillis;
  const end = scene.stage.millis() + lasts;
  await scene.stage.rest(10_000);
  await buy(scene, spot, 1);
  await scene.stage.rest(scene.draw.below(20_000));
  if (scene.draw.chance(0.5)) receive(scene, listing.sku, 10);
  await provokeWrite(scene, spot);
  await scene.stage.rest(Math.max(0, end - scene.stage.millis()));
  for (const one of heal) one();
  scene.notes.touched.set(listing.sku, scene.stage.millis());
};

const hinted: Act = async (scene, spot) => {
  const { place, listing } = spot;
  injectAt(scene, spot, 'hints twice and shuffled');
  const orders = [await buy(scene, spot, 1), await buy(scene, spot, 1, states.wire)].filter((one) => one !== undefined);
  for (let times = 4; times > 0; times -= 1) {
    await scene.stage.rest(200 + scene.draw.below(4_000));
    const ids = orders.map(({ id }) => String(id));
    scene.hint(place.channel, scene.draw.chance(0.5) ? ids : [...ids, ...ids.toReversed()]);
    const last = orders.at(-1);
    if (times === 3 && last !== undefined) await changeState(scene, last, states.cancelled);
  }
  happened(scene, listing.sku);
};

const refundFirst: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const order = await buy(scene, spot, 2);
  await scene.stage.rest(10_000);
  if (order === undefined) return;
  const held = place.hold((at) => at.point === 'refund' && at.order === order.id);
  injectAt(scene, spot, 'a restock that the row tells first');
  const refunded = place.server.shop.partialRefund({ detail: detailOf(order), units: 1 });
  await provokeWrite(scene, spot);
  await scene.stage.rest(2_000 + scene.draw.below(10_000));
  held.open();
  await refunded;
  happened(scene, listing.sku);
};

/** Two say "cancelled" at once: the units come back twice. */
const doubleRestock: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const order = await buy(scene, spot, 1);
  await scene.stage.rest(8_000);
  if (order === undefined) return;
  const held = place.hold((at) => at.point === 'state_change' && at.order === order.id);
  const change = { order: order.id, state: states.cancelled, changer: 'webservice' } as const;
  const changed = [1, 2].map(() => place.server.shop.changeState(change));
  injectAt(scene, spot, 'a double restock');
  held.open();
  await Promise.all(changed);
  happened(scene, listing.sku);
};

/** Who keeps the shops ends when this row is written next. Answers how to forget it. */
export const crashWhenWritten = (scene: Scene, { channel, row }: Listing): (() => void) =>
  scene.network.meanwhile(channel, row, (rows) => {
    const injection = { cause: 'a crash', channel, from: scene.stage.millis(), isBeside: true } as const;
    for (const one of rows) inject(scene.notes, { ...injection, row: one });
    scene.crash(2_000 + scene.draw.below(6_000));
    return Promise.resolve();
  });

/** Ends while a write is on its way: before the shop has begun with it, or before its answer has come. */
const crashed: Act = async (scene, spot) => {
  const forget = crashWhenWritten(scene, spot.listing);
  await provokeWrite(scene, spot);
  await scene.stage.rest(30_000);
  forget();
};

export const injections: Readonly<Record<string, Act>> = {
  ...{ lostDecrement, writeCrossed, saleCrossed, lateRequest, inTheMaking, feedOutage, hinted, refundFirst },
  ...{ doubleRestock, crashed, typedUp, typedDown },
};

/** One of them, at some moment of the next while. @param place where; anywhere when left out */
export const goWrong = async (
  scene: Scene,
  act: Act | undefined,
  withinMillis: number,
  place?: Place,
): Promise<void> => {
  if (act === undefined) throw new Error('Nothing of that name goes wrong');
  const spot = takeSpot(scene, place);
  await scene.stage.rest(scene.draw.below(withinMillis));
  await act(scene, spot);
  happened(scene, spot.listing.sku);
};
