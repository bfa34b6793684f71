import { heldIn, isSame, shouldShowIn, type Company } from '../company/company.js';
import type { Outlet } from '../company/outlet.js';
import { nameOf, type Listing } from '../company/places.js';
import { figuresOf } from '../ledger/figures.js';
import type { Notes } from '../notes.js';
import type { Scene } from '../scene.js';

const inWords = (company: Company, outlet: Outlet, listing: Listing): string =>
  `${outlet.channel}/${listing.sku} (${listing.row}) shows ${outlet.shows(listing)}, ` +
  `should ${shouldShowIn(company, outlet, listing)}, of which the shop keeps ${outlet.keeps(listing)} ` +
  `and its carts hold ${heldIn(company, outlet.channel, listing.sku)}`;

/** Every row of what sells beside the shops of PrestaShop shows what the ledger says, which is the truth. */
export const checkOutlets = async ({ company, ledger }: Scene, skus: readonly string[]): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const outlet of company.outlets) {
    const sold = skus.filter((sku) => outlet.bySku.has(sku));
    for (const { sku, shown, heldByListing } of await figuresOf(ledger, outlet.channel, sold)) {
      const listing = outlet.bySku.get(sku);
      if (listing === undefined) continue;
      const says = shown + (heldByListing[nameOf(listing.ids)] ?? 0) + outlet.keeps(listing);
      const isTrue = says === shouldShowIn(company, outlet, listing);
      if (!isTrue || !isSame(outlet.shows(listing), says))
        wrong.push(`The ledger says ${says}: ${inWords(company, outlet, listing)}`);
    }
  }
  return wrong;
};

const causeAt = ({ injections }: Notes, { channel, row }: Listing, at: number): string =>
  injections.find((one) => one.channel === channel && one.row === row && one.from <= at && at <= one.until)?.cause ??
  'the way of the news';

/** Rows are looked at so often: what stands above the truth for less is not seen. */
const lookMillis = 1_000;

/** Adds up for how long rows of busy listings stand above the truth, and by what. */
export const watchOutlets = ({ company, busy, notes, stage }: Scene): ((millis: number) => void) => {
  let since = 0;
  const look = (outlet: Outlet, listing: Listing): void => {
    const units = Math.max(0, outlet.shows(listing)) - shouldShowIn(company, outlet, listing);
    if (units <= 0) return;
    const cause = causeAt(notes, listing, stage.millis());
    notes.above.set(cause, (notes.above.get(cause) ?? 0) + units * since);
  };
  return (millis) => {
    since += millis;
    if (since < lookMillis) return;
    for (const outlet of company.outlets)
      for (const sku of busy) {
        const listing = outlet.bySku.get(sku);
        if (listing !== undefined) look(outlet, listing);
      }
    since = 0;
  };
};
