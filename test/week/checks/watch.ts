import { owedAt, shouldShow, shouldShowIn, showsNow, type Company } from '../company/company.js';
import { owedBy } from '../company/outlet.js';
import type { Listing, Place } from '../company/places.js';
import { injectionsAt, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';
import { judgeLate, judgeOutlet, judgeWrites, keyOf, rowInWords, type Judging } from './judge-writes.js';
import { rememberedMillis, type Moment } from './most-true.js';

/** What rows should have shown of late, by channel and SKU. */
export type Watch = {
  /** Looks at all that has changed of what something happens to, before time goes on by so many milliseconds. */
  readonly look: (millis: number) => void;
  /** What is watched and has changed without having been looked at: empty, or the watch is blind. */
  readonly overlooked: () => readonly string[];
};

const causeAt = (notes: Notes, listing: Listing, at: number): string =>
  injectionsAt(notes, listing, at)[0]?.cause ?? 'the way of the news';

const remembered = (moments: readonly Moment[], now: Moment): readonly Moment[] => {
  const last = moments.at(-1);
  const young = moments.filter((_, nth) => (moments[nth + 1]?.at ?? now.at) >= now.at - rememberedMillis);
  return last?.should === now.should && last.left === now.left && last.own === now.own ? young : [...young, now];
};

/** Units that left between two looks. That they did may be hidden in the sum by units that arrived. */
const soldSince = (before: Standing, now: Standing, channel: string): number =>
  Math.max(0, (now.owed.get(channel) ?? 0) - (before.owed.get(channel) ?? 0));

/** Units of a SKU: owed by each channel, and on the shelf. */
type Standing = { readonly owed: ReadonlyMap<string, number>; readonly shelf: number };

type Watching = Judging & {
  readonly moments: Map<string, readonly Moment[]>;
  readonly standings: Map<string, Standing>;
  readonly left: Map<string, number>;
  readonly own: Map<string, number>;
  /** Rows that show more than they should, and the units. */
  readonly excess: Map<string, { readonly listing: Listing; readonly units: number }>;
};

const add = (units: Map<string, number>, key: string, more: number): void => {
  if (more > 0) units.set(key, (units.get(key) ?? 0) + more);
};

const countLeft = ({ scene: { company }, standings, left, own }: Watching, sku: string): void => {
  const now = {
    owed: new Map([
      ...company.places.map((place) => [place.channel, owedAt(company, place, sku)] as const),
      ...company.outlets.map((outlet) => [outlet.channel, owedBy(outlet, sku)] as const),
    ]),
    shelf: company.shelf.get(sku) ?? 0,
  };
  const before = standings.get(sku) ?? now;
  standings.set(sku, now);
  for (const { channel } of [...company.places, ...company.outlets]) {
    const sold = soldSince(before, now, channel);
    add(left, sku, sold);
    add(own, keyOf({ channel, sku }), sold);
  }
  add(left, sku, before.shelf - now.shelf);
};

const excessOf = ({ company }: Scene, place: Place, listing: Listing): number =>
  (Math.max(0, showsNow(place, listing)) - shouldShow(company, listing)) * listing.unitsPerSale;

const noteMoment = ({ scene: { stage }, moments, left, own }: Watching, listing: Listing, should: number): void => {
  const key = keyOf(listing);
  const moment = { at: stage.millis(), should, left: left.get(listing.sku) ?? 0, own: own.get(key) ?? 0 };
  moments.set(key, remembered(moments.get(key) ?? [], moment));
};

const lookAtRow = (watching: Watching, place: Place, listing: Listing): void => {
  const { scene, excess } = watching;
  const key = keyOf(listing);
  noteMoment(watching, listing, shouldShow(scene.company, listing));
  const units = excessOf(scene, place, listing);
  if (units > 0) excess.set(key, { listing, units });
  else excess.delete(key);
};

const lookAtChanged = (watching: Watching): void => {
  const { company, busy } = watching.scene;
  for (const sku of company.changed) {
    company.changed.delete(sku);
    if (!busy.has(sku)) continue;
    countLeft(watching, sku);
    for (const place of company.places) {
      const listing = place.bySku.get(sku);
      if (listing !== undefined) lookAtRow(watching, place, listing);
    }
    for (const outlet of company.outlets) {
      const listing = outlet.bySku.get(sku);
      if (listing !== undefined) noteMoment(watching, listing, shouldShowIn(company, outlet, listing));
    }
  }
};

/** What stands above the truth does so until the next look. */
const addExcess = ({ scene: { notes, stage, busy }, excess }: Watching, millis: number): void => {
  for (const [key, { listing, units }] of excess) {
    if (!busy.has(listing.sku)) excess.delete(key);
    else add(notes.above, causeAt(notes, listing, stage.millis()), units * millis);
  }
};

/** What happens in a shop's own tables changes what its rows should show, or do. */
const hearChanges = ({ changed }: Company, { server, byRow }: Place): void => {
  const { details, orders, stock } = server.shop.tables;
  const note = (product: number, attribute: number): void => {
    const sku = byRow.get(`${product}-${attribute}@s1g0`)?.sku;
    if (sku !== undefined) changed.add(sku);
  };
  details.onChange((line) => note(line.product_id, line.product_attribute_id));
  stock.onChange((row) => note(row.id_product, row.id_product_attribute));
  orders.onChange(({ id }) => {
    for (const line of details.where(id)) note(line.product_id, line.product_attribute_id);
  });
};

/** What is known of what something happens to, where it is not so any more. */
const overlookedBy = ({ scene, moments, excess }: Watching): readonly string[] => {
  const { company, busy } = scene;
  const listings = company.places.flatMap((place) =>
    [...busy].flatMap((sku) => {
      const listing = place.bySku.get(sku);
      return listing === undefined || company.changed.has(sku) ? [] : [{ place, listing }];
    }),
  );
  return listings.flatMap(({ place, listing }) => {
    const key = keyOf(listing);
    const isSame =
      moments.get(key)?.at(-1)?.should === shouldShow(company, listing) &&
      (excess.get(key)?.units ?? 0) === Math.max(0, excessOf(scene, place, listing));
    return isSame ? [] : [`Nobody looked when it changed: ${rowInWords(company, place, listing)}`];
  });
};

/** And beside the shops of PrestaShop. */
const overlookedBeside = ({ scene: { company, busy }, moments }: Watching): readonly string[] =>
  company.outlets.flatMap((outlet) =>
    [...busy].flatMap((sku) => {
      const listing = outlet.bySku.get(sku);
      if (listing === undefined || company.changed.has(sku)) return [];
      const [was, should] = [moments.get(keyOf(listing))?.at(-1)?.should, shouldShowIn(company, outlet, listing)];
      return was === should
        ? []
        : [`Nobody looked when it changed: ${keyOf(listing)} should show ${should}, not ${was}`];
    }),
  );

/** Watches the listings to which something happens. */
export const watchRows = (scene: Scene): Watch => {
  const watching: Watching = {
    ...{
      scene,
      moments: new Map(),
      standings: new Map(),
      left: new Map(),
      own: new Map(),
      excess: new Map(),
      late: [],
    },
  };
  const { places, outlets } = scene.company;
  for (const place of places) hearChanges(scene.company, place);
  return {
    look: (millis) => {
      lookAtChanged(watching);
      addExcess(watching, millis);
      for (const place of places) judgeWrites(watching, place);
      for (const outlet of outlets) judgeOutlet(watching, outlet);
      judgeLate(watching);
    },
    overlooked: () => [...overlookedBy(watching), ...overlookedBeside(watching)],
  };
};
