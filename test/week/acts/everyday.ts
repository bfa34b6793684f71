import { showsNow } from '../company/company.js';
import { otherPlace, somePlace, takeSpot, type OpenOrder, type Scene, type Spot } from '../scene.js';
import { count } from '../notes.js';
import {
  buy,
  cartMillisMax,
  changeState,
  detailOf,
  fillCart,
  happened,
  sellElsewhere,
  states,
  tellsFirst,
} from './shopping.js';
import { countShelf, receive, ship, takeBack } from './warehouse.js';

/** One thing that happens to a listing, from its beginning to its end. */
export type Act = (scene: Scene, spot: Spot) => Promise<void>;

const aWhile = ({ stage, draw }: Scene, millisMax = 20_000): Promise<void> => stage.rest(1_000 + draw.below(millisMax));

const some = ({ draw }: Scene): number => 1 + draw.below(2);

const sold: Act = async (scene, spot) => {
  const order = await buy(scene, spot, some(scene));
  await aWhile(scene);
  if (order === undefined || scene.draw.chance(0.4)) return;
  ship(scene, order);
  await aWhile(scene);
  await changeState(scene, order, states.shipped);
};

const wired: Act = async (scene, spot) => {
  const order = await buy(scene, spot, some(scene), states.wire);
  await aWhile(scene);
  if (order === undefined) return;
  await changeState(scene, order, scene.draw.chance(0.5) ? states.paid : states.cancelled);
};

const failed: Act = async (scene, spot) => {
  const order = await buy(scene, spot, some(scene));
  await aWhile(scene);
  if (order === undefined) return;
  await changeState(scene, order, states.error);
  await aWhile(scene);
  if (scene.draw.chance(0.5)) await changeState(scene, order, states.paid);
};

/** In 8 and before the shop does not take the units again; the ledger does. */
const revived: Act = async (scene, spot) => {
  const order = await buy(scene, spot, some(scene), states.wire);
  await aWhile(scene);
  if (order === undefined) return;
  await changeState(scene, order, states.cancelled);
  await aWhile(scene);
  await changeState(scene, order, states.wire);
};

const refunded: Act = async (scene, spot) => {
  const order = await buy(scene, spot, 2);
  await aWhile(scene);
  if (order === undefined) return;
  tellsFirst(scene, spot);
  happened(scene, spot.listing.sku);
  const voucherOnly = scene.draw.chance(0.5);
  await spot.place.server.shop.partialRefund({ detail: detailOf(order), units: 1, voucherOnly });
  count(scene.notes, voucherOnly ? 'refund without a slip' : 'refund with a slip');
};

const edited: Act = async (scene, spot) => {
  const order = await buy(scene, spot, 2);
  await aWhile(scene);
  if (order === undefined) return;
  const { shop } = spot.place.server;
  happened(scene, spot.listing.sku);
  const quantity = scene.draw.oneOf([1, 3, 4]);
  if (quantity < 2) tellsFirst(scene, spot);
  if (showsNow(spot.place, spot.listing) >= 2) await shop.updateProduct(detailOf(order), quantity);
  await aWhile(scene);
  happened(scene, spot.listing.sku);
  tellsFirst(scene, spot);
  if (scene.draw.chance(0.3)) await shop.deleteProduct(detailOf(order));
  count(scene.notes, 'edit');
};

const returned: Act = async (scene, spot) => {
  const order = await buy(scene, spot, 2);
  await aWhile(scene);
  if (order === undefined) return;
  ship(scene, order);
  await aWhile(scene, 5_000);
  await changeState(scene, order, states.shipped);
  await aWhile(scene);
  happened(scene, spot.listing.sku);
  const restock = scene.draw.chance(0.5);
  if (restock) tellsFirst(scene, spot);
  await spot.place.server.shop.returnProduct({ detail: detailOf(order), units: 1, restock });
  await aWhile(scene);
  takeBack(scene, order, detailOf(order), 1);
};

const received: Act = async (scene, { listing }) => {
  receive(scene, listing.sku, 1 + scene.draw.below(30));
  await aWhile(scene);
};

const counted: Act = async (scene, { listing }) => {
  countShelf(scene, listing.sku, scene.draw.below(5) - 2);
  await aWhile(scene);
};

const elsewhere: Act = async (scene, { place, listing }) => {
  await sellElsewhere(scene, otherPlace(scene, place), listing.sku, 2);
  await aWhile(scene);
};

const held: Act = (scene, spot) => fillCart(scene, spot, some(scene));

/** The last units are held and bought: the row must let its own cart pass, and show nobody else anything. */
const heldToTheLast: Act = async (scene, spot) => {
  const { place, listing } = spot;
  const { shelf } = scene.company;
  const units = showsNow(place, listing) * listing.unitsPerSale;
  const left = (shelf.get(listing.sku) ?? 0) - units + 2 * listing.unitsPerSale;
  countShelf(scene, listing.sku, left - (shelf.get(listing.sku) ?? 0));
  await scene.stage.rest(15_000);
  for (const cart of ['a cart', 'another cart']) scene.stage.play(cart, () => fillCart(scene, spot, 1));
  await scene.stage.rest(cartMillisMax + 1_000);
  receive(scene, listing.sku, 20);
  await aWhile(scene);
};

const everyday: readonly Act[] = [
  ...[sold, sold, sold, wired, failed, revived, refunded, edited, returned, received, counted],
  ...[elsewhere, held, held, heldToTheLast],
];

/** A day's business on one listing, at some moment of the next seconds. */
export const doBusiness = async (scene: Scene, act: Act = scene.draw.oneOf(everyday)): Promise<void> => {
  const spot = takeSpot(scene, somePlace(scene));
  await scene.stage.rest(scene.draw.below(40_000));
  await act(scene, spot);
  happened(scene, spot.listing.sku);
};

/** Parcels of earlier orders leave. */
export const shipSome = async (scene: Scene, share: number): Promise<void> => {
  const { orders, draw, busy, stage } = scene;
  const leaving = orders.splice(0).filter((order: OpenOrder) => {
    const isLeft = draw.chance(share) && !busy.has(order.sku);
    if (!isLeft) orders.push(order);
    return isLeft;
  });
  for (const order of leaving) {
    await stage.rest(draw.below(200));
    ship(scene, order);
  }
};
