import { count } from '../notes.js';
import { cartMillisMax, holdAtLedger, someTimes, type CartTimes } from './shopping.js';
import { countShelf, receive } from './warehouse.js';
import { buyIn, touched, type MixedScene, type WooAct, type WooSpot } from './woo-shopping.js';

/** Carts that the plugin of a shop of WooCommerce has the ledger hold. */

const asked = 'cart in WooCommerce';
/** As the plugin names them. */
const nameOfCart = (count: number): string => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;

/** The shop must let a held cart pass, whatever else is sold meanwhile. */
const payHeld = async (scene: MixedScene, spot: WooSpot, units: number, held: { cart: string; key: string }) => {
  const { company, notes } = scene;
  const order = await buyIn(scene, spot, units, { reservation: held.cart });
  if (order === undefined)
    return void notes.wrong.push(`${held.key}, which holds ${spot.listing.sku}, does not pass the stock check`);
  company.carts.delete(held.key);
  touched(scene, spot.listing);
};

/** A cart that the ledger holds for a while: it becomes an order, or is forgotten. */
export const fillWooCart = async (
  scene: MixedScene,
  spot: WooSpot,
  units: number,
  { payMillis, afterlifeMillis, paysAfter }: CartTimes = someTimes(scene),
): Promise<void> => {
  const { place, listing } = spot;
  if (place.shows(listing) < units) return;
  const ttlMillis = payMillis + afterlifeMillis;
  count(scene.notes, asked);
  const cart = nameOfCart(scene.notes.counts.get(asked) ?? 0);
  const key = await holdAtLedger(scene, { connection: place.connection, cart, listing, units, ttlMillis });
  if (key === undefined) return;
  await scene.stage.rest(paysAfter ?? ttlMillis);
  if (paysAfter !== undefined) await payHeld(scene, spot, units, { cart, key });
  scene.company.carts.delete(key);
  touched(scene, listing);
};

/** The last units are held and bought: the row must let its own cart pass, and show nobody else anything. */
export const holdLastUnits: WooAct = async (scene, spot) => {
  const { place, listing } = spot;
  countShelf(scene, listing.sku, 2 - place.shows(listing));
  await scene.stage.rest(15_000);
  for (const cart of ['a cart', 'another cart']) scene.stage.play(cart, () => fillWooCart(scene, spot, 1));
  await scene.stage.rest(cartMillisMax + 1_000);
  receive(scene, listing.sku, 20);
  await scene.stage.rest(1_000 + scene.draw.below(20_000));
};
