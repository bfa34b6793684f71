import { buyAt } from '../../servers/marketplace/index.js';
import { count } from '../notes.js';
import { takeListing } from '../scene.js';
import { tellsFirst } from './shopping.js';
import { fillWooCart, holdLastUnits } from './woo-carts.js';
import {
  buyIn,
  cancelUnpaidAt,
  change,
  lineOf,
  shipWhole,
  takeWooSpot,
  touched,
  type MixedScene,
  type WooAct,
} from './woo-shopping.js';

export const aWhile = ({ stage, draw }: MixedScene, millisMax = 20_000): Promise<void> =>
  stage.rest(1_000 + draw.below(millisMax));

const sold: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2), { gateway: scene.draw.oneOf(['card', 'cod']) });
  await aWhile(scene);
  if (order !== undefined && scene.draw.chance(0.6)) await shipWhole(scene, spot, order);
};

const wired: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1, { gateway: scene.draw.oneOf(['bacs', 'cheque']) });
  await aWhile(scene);
  if (order === undefined) return;
  await change(scene, spot, order, { status: scene.draw.oneOf(['processing', 'cancelled', 'failed', 'pending']) });
};

const declined: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1, { gateway: 'decline' });
  await aWhile(scene);
  if (order !== undefined && scene.draw.chance(0.5)) await change(scene, spot, order, { setPaid: true });
};

/** Paid on a page elsewhere while the shop still keeps the units, or never: then it keeps them for its time. */
const elsewherePaid: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 1 + scene.draw.below(2), { gateway: 'offsite' });
  await aWhile(scene);
  if (order !== undefined && scene.draw.chance(0.7)) return change(scene, spot, order, { setPaid: true });
  await scene.stage.rest(2 * spot.place.holdMillis);
  await cancelUnpaidAt(scene, spot.place);
  touched(scene, spot.listing);
};

const refunded: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 3);
  await aWhile(scene);
  if (order === undefined) return;
  touched(scene, spot.listing);
  const restock = scene.draw.chance(0.5);
  if (restock) tellsFirst(scene, spot);
  const line = lineOf(spot, order);
  if (!restock) spot.place.withhold(line, 1);
  await spot.place.server.shop.refund(order.id, { amount: 1, lines: [{ line: line.id, quantity: 1 }], restock });
  touched(scene, spot.listing);
  await aWhile(scene);
  if (scene.draw.chance(0.5)) await change(scene, spot, order, { status: 'cancelled' });
};

const edited: WooAct = async (scene, spot) => {
  const order = await buyIn(scene, spot, 2);
  await aWhile(scene);
  if (order === undefined) return;
  const { id } = lineOf(spot, order);
  await change(scene, spot, order, { lines: [{ id, quantity: scene.draw.oneOf([1, 3, 4]) }] });
  await aWhile(scene);
  if (scene.draw.chance(0.5)) await change(scene, spot, order, { status: 'cancelled' });
};

const held: WooAct = (scene, spot) => fillWooCart(scene, spot, 1 + scene.draw.below(2));

const everyday: readonly WooAct[] = [
  ...[sold, sold, sold, wired, declined, elsewherePaid, elsewherePaid, refunded, edited],
  ...[held, held, holdLastUnits],
];

/** A day's business on one listing of a shop of WooCommerce. */
export const doWooBusiness = async (scene: MixedScene, act: WooAct = scene.draw.oneOf(everyday)): Promise<void> => {
  const spot = takeWooSpot(scene);
  await scene.stage.rest(scene.draw.below(40_000));
  await act(scene, spot);
  touched(scene, spot.listing);
};

/** Somebody buys at the marketplace what its page says that there is; the page goes on saying so until it is set. */
export const sellAtMarket = async (scene: MixedScene): Promise<void> => {
  const { market, stage, draw, notes } = scene;
  const listing = takeListing(scene, [...market.bySku.values()]);
  await stage.rest(draw.below(40_000));
  const bought = buyAt(market.market, [{ offer: listing.row, units: 1 + draw.below(2) }]);
  if (bought.kind === 'ordered') count(notes, `order at ${market.channel}`);
  touched(scene, listing);
};
