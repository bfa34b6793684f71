import type { FactReport } from '#apps/ledger';
import { instantOf } from '#event-sourcing';
import { owedFor, parcelKey } from '../company/company.js';
import type { Place } from '../company/places.js';
import { operator, warehouse } from '../ledger/open-ledger.js';
import { count } from '../notes.js';
import { listingAt, type OpenOrder, type Scene } from '../scene.js';

/** The warehouse tells what it did within this time, in any order, and some of it twice. */
const tellsMillisMax = 1_500;
const twiceShare = 0.3;

type Told<Report = FactReport> = Report extends FactReport
  ? Omit<Report, 'connection' | 'sourceKey' | 'sourceVersion' | 'occurredAt' | 'location'>
  : never;

const tell = (scene: Scene, sku: string, told: Told): void => {
  const { stage, draw, ledger, side, notes } = scene;
  count(notes, told.kind);
  const reporting = {
    ...{ connection: warehouse.connection, location: warehouse.location, sourceVersion: 1 },
    sourceKey: `${told.kind}-${notes.counts.get(told.kind)}`,
    occurredAt: instantOf(stage.millis()),
  };
  const report = async (): Promise<void> => {
    await stage.rest(1 + draw.below(tellsMillisMax));
    const asker = { ...operator, connection: warehouse.connection };
    const fact = { ...reporting, ...told } as FactReport;
    const outcome = await ledger.report(asker, sku, fact, { momentGiven: true });
    if (outcome.kind !== 'accepted') throw new Error(`${sku}: ${JSON.stringify({ fact, outcome })}`);
    side.touched(sku);
  };
  for (let times = draw.chance(twiceShare) ? 2 : 1; times > 0; times -= 1) stage.play(`a report of ${sku}`, report);
};

const changeShelf = ({ company, notes, stage }: Scene, sku: string, units: number): void => {
  company.shelf.set(sku, (company.shelf.get(sku) ?? 0) + units);
  company.changed.add(sku);
  notes.touched.set(sku, stage.millis());
};

/** Units arrive. */
export const receive = (scene: Scene, sku: string, quantity: number): void => {
  changeShelf(scene, sku, quantity);
  tell(scene, sku, { kind: 'receipt', quantity, bucket: 'sellable' });
};

/** Somebody counts the shelf, and finds some fewer or more than were thought to lie there. */
export const countShelf = (scene: Scene, sku: string, difference: number): void => {
  changeShelf(scene, sku, difference);
  const [observed, asOf] = [scene.company.shelf.get(sku) ?? 0, instantOf(scene.stage.millis())];
  tell(scene, sku, { kind: 'count', asOf, basis: 'on_hand', observed });
};

/** As the ledger knows an order of a shop: its id and what tells it from another one of that id. */
const orderKeyOf = ({ server }: Place, id: number): string =>
  `${id}-${server.shop.tables.orders.get(id)?.reference ?? ''}`;

const orderLine = (place: Place, id: number, detail: number) => ({
  ...{ channel: place.channel, orderKey: orderKeyOf(place, id), line: String(detail) },
});

/** A parcel with everything that is still owed for the order; none where nothing is. */
export const ship = (scene: Scene, { place, id }: OpenOrder): void => {
  const { company } = scene;
  for (const line of place.server.shop.linesOf(id)) {
    const listing = place.byName.get(
      line.product_attribute_id === 0 ? `${line.product_id}` : `${line.product_id}:${line.product_attribute_id}`,
    );
    const units = owedFor(company, place, line);
    if (listing === undefined || units <= 0) continue;
    const key = parcelKey(place.channel, line.id);
    company.parcels.set(key, (company.parcels.get(key) ?? 0) + units);
    const quantity = units * listing.unitsPerSale;
    changeShelf(scene, listing.sku, -quantity);
    tell(scene, listing.sku, { kind: 'issue', quantity, order: orderLine(place, id, line.id) });
  }
};

type OfOrder = ReturnType<typeof orderLine>;

/** A parcel with units of a line of an order that is no shop's of PrestaShop. */
export const issue = (scene: Scene, sku: string, quantity: number, order: OfOrder): void => {
  changeShelf(scene, sku, -quantity);
  tell(scene, sku, { kind: 'issue', quantity, order });
};

/** Units of a line come back and lie on the shelf again. */
export const takeBack = (scene: Scene, { place, id, sku }: OpenOrder, detail: number, units: number): void => {
  const quantity = units * listingAt(place, sku).unitsPerSale;
  changeShelf(scene, sku, quantity);
  tell(scene, sku, { kind: 'return', quantity, disposition: 'sellable', order: orderLine(place, id, detail) });
};
