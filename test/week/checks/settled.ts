import { isSame, shouldShow, showsNow } from '../company/company.js';
import { nameOf } from '../company/places.js';
import { figuresOf, onHandIn } from '../ledger/figures.js';
import type { Scene } from '../scene.js';
import { rowInWords } from './judge-writes.js';

/** What every row must be so long after the last thing that happened to it. */
export const settledMillis = 65_000;

/** The ledger's on hand is what lies on the shelves. */
export const checkShelves = async ({ company, ledger }: Scene, skus: readonly string[]): Promise<readonly string[]> => {
  const onHand = await onHandIn(ledger, skus);
  return skus.flatMap((sku, nth) => {
    const shelf = company.shelf.get(sku) ?? 0;
    return onHand[nth] === shelf ? [] : [`The ledger has ${onHand[nth]} of ${sku}, and ${shelf} lie there`];
  });
};

/** Every row shows what the ledger says, which is the truth; what it shows beyond its own carts nobody else was promised. */
export const checkRows = async ({ company, ledger }: Scene, skus: readonly string[]): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const place of company.places) {
    for (const { sku, shown, heldByListing } of await figuresOf(ledger, place.channel, skus)) {
      const listing = place.bySku.get(sku);
      if (listing === undefined) continue;
      const held = heldByListing[nameOf(listing.ids)] ?? 0;
      const says = Math.floor((shown + held) / listing.unitsPerSale);
      const shows = showsNow(place, listing);
      if (says !== shouldShow(company, listing))
        wrong.push(`The ledger says ${says}: ${rowInWords(company, place, listing)}`);
      if (!isSame(shows, says)) wrong.push(`The ledger says ${says}: ${rowInWords(company, place, listing)}`);
      if (shows * listing.unitsPerSale - held > shown)
        wrong.push(`Beyond its carts more than is shown: ${rowInWords(company, place, listing)}`);
    }
  }
  return wrong;
};
