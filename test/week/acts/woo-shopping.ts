import type { Alert } from '#apps/channels';
import type { Gateway, Line, Order } from '../../servers/woocommerce/index.js';
import type { MarketPlace } from '../company/market-place.js';
import type { Listing } from '../company/places.js';
import type { WooPlace } from '../company/woo-place.js';
import { count, inject, type CauseName, type Injection } from '../notes.js';
import { somePlace, takeListing, type Scene } from '../scene.js';
import { happened, sellElsewhere, tellsFirst } from './shopping.js';
import { issue } from './warehouse.js';

/** A scene in which shops of WooCommerce and a marketplace sell too. */
export type MixedScene = Scene & {
  readonly woos: readonly WooPlace[];
  readonly market: MarketPlace;
  /** What people would be called for. */
  readonly alerts: readonly Alert[];
  /** Orders that a shop has deleted for good. */
  readonly lost: { readonly channel: string; readonly order: number }[];
};

export type WooSpot = { readonly place: WooPlace; readonly listing: Listing };

/** One thing that happens to a listing, from its beginning to its end. */
export type WooAct = (scene: MixedScene, spot: WooSpot) => Promise<void>;

export const takeWooSpot = (scene: MixedScene, place = scene.draw.oneOf(scene.woos)): WooSpot => ({
  place,
  listing: takeListing(scene, [...place.bySku.values()]),
});

export const touched = (scene: Scene, { sku }: Listing): void => {
  happened(scene, sku);
  scene.company.changed.add(sku);
};

export const injectAt = ({ notes, stage }: Scene, listing: Listing, cause: CauseName, isSeen = false): Injection =>
  inject(notes, { cause, channel: listing.channel, row: listing.row, from: stage.millis(), isSeen });

/** Somebody has a reason to write this row: units of it are sold in a shop of PrestaShop. */
export const provokeWrite = (scene: Scene, { sku }: Listing, units = 2): Promise<void> =>
  sellElsewhere(scene, somePlace(scene), sku, units);

export type Buying = {
  readonly checkout?: 'classic' | 'block';
  readonly gateway?: Gateway;
  /** The hold that the order is made of, as the shop's plugin notes it. */
  readonly reservation?: string;
};

/** What the shop keeps for an order it keeps no longer from then on. */
const endOfKeeping = (scene: Scene, { place, listing }: WooSpot): void =>
  scene.stage.play('the end of what a shop keeps', async () => {
    await scene.stage.rest(place.holdMillis + 1);
    scene.company.changed.add(listing.sku);
  });

/** Somebody buys what the row shows; undefined: the shop does not sell as much. */
export const buyIn = async (
  scene: MixedScene,
  { place, listing }: WooSpot,
  units: number,
  { checkout = scene.draw.oneOf(['classic', 'block']), gateway = 'card', reservation }: Buying = {},
): Promise<Order | undefined> => {
  const { id_product: product, id_product_attribute: variation } = listing.sellable;
  touched(scene, listing);
  const lines = [{ product, variation, quantity: units }];
  const meta = reservation === undefined ? {} : { _stockledger_reservation: reservation };
  const bought = await place.server.shop.buy({ checkout, gateway, lines, meta });
  touched(scene, listing);
  if (bought.kind === 'refused') return undefined;
  place.note(bought.order);
  endOfKeeping(scene, { place, listing });
  count(scene.notes, `order at ${listing.channel}`);
  return bought.order;
};

export type OrderChange = Parameters<WooPlace['server']['shop']['updateOrder']>[1];

/** Something is done to an order; what raises the row is told by the row first to whoever looks just then. */
export const change = async (
  scene: MixedScene,
  { place, listing }: WooSpot,
  { id }: Order,
  to: OrderChange,
): Promise<void> => {
  touched(scene, listing);
  tellsFirst(scene, { listing });
  place.note(await place.server.shop.updateOrder(id, to));
  touched(scene, listing);
};

/** The shop cancels what was left unpaid for too long, whosever it is. */
export const cancelUnpaidAt = async (scene: MixedScene, { server, byStock }: WooPlace): Promise<void> => {
  const { shop } = server;
  const waiting = [...shop.context.orders.values()].filter(({ status }) => status === 'pending');
  await shop.cancelUnpaid();
  for (const { id, lines } of waiting.filter((order) => shop.order(order.id)?.status !== 'pending'))
    for (const { product, variation } of lines) {
      const listing = byStock.get(variation === 0 ? product : variation);
      if (listing === undefined) throw new Error(`Order ${id} is of nothing that is sold`);
      tellsFirst(scene, { listing });
      touched(scene, listing);
    }
};

/** The one line of an order that has one, as it is now. */
export const lineOf = ({ place }: WooSpot, { id }: Order): Line => {
  const line = place.server.shop.order(id)?.lines[0];
  if (line === undefined) throw new Error(`Order ${id} of ${place.channel} has no line`);
  return line;
};

/** As the ledger knows an order of such a shop. */
export const keyOf = ({ id, key }: Order): string => `${id}-${key.replace(/^wc_order_/u, '')}`;

/** A parcel with everything that is owed for the order, and then the shop is told that it has left. */
export const shipWhole = async (scene: MixedScene, spot: WooSpot, order: Order): Promise<void> => {
  const { place, listing } = spot;
  const line = lineOf(spot, order);
  const units = place.wanted(place.server.shop.order(order.id) ?? order, line);
  if (units <= 0) return;
  place.send(line, units);
  const { channel } = listing;
  issue(scene, listing.sku, units, { channel, orderKey: keyOf(order), line: String(line.id) });
  await scene.stage.rest(1_000 + scene.draw.below(20_000));
  await change(scene, spot, order, { status: 'completed' });
};
