import { createPrestashop, type Shop } from '../../shop/shop.js';
import type { StockRow } from '../../shop/rows.js';
import { mainKey } from '../../start.js';
import { handle } from '../../webservice/handle.js';
import type { Answer } from '../../webservice/types.js';
import { apiRequest } from '../../http/request.js';
import type { EffectCase, RecordedRows, RecordedVersion } from '../recordings.js';
import { parseKey, scaled, tripleOf, type Scale, type Triple } from './scale.js';

/** When the orders of a case are made, and when the case itself happens: dates that moved can be told. */
const given = new Date('2026-11-20T22:00:00Z');
const acted = new Date('2026-11-20T22:30:00Z');

/** A shop with the rows of a case, as they were before anything was given. */
export type World = {
  readonly shop: Shop;
  readonly scale: Scale;
  readonly openings: ReadonlyMap<string, number>;
  readonly product: (id: number) => number;
  readonly row: (key: string) => StockRow;
  /** From here on it is the act that happens. */
  readonly begin: () => void;
  readonly ask: (method: string, path: string, body?: string) => Promise<Answer>;
};

/** Where a case is played: in a shop of its own, where none is given. */
export type WorldIn = { readonly version: RecordedVersion; readonly scale: Scale; readonly shop?: Shop };

export type WorldOptions = WorldIn & {
  /** What each row of the case has at first. */
  readonly openings: Readonly<Record<string, number>>;
  /** Packs by product, of 2 x the first component and 1 x the second. */
  readonly packs?: readonly {
    readonly product: number;
    readonly type: number;
    readonly components: readonly string[];
  }[];
};

export const createWorld = (options: WorldOptions): World => {
  const { version, scale, openings, packs = [], shop = createPrestashop({ version }) } = options;
  resetShop(shop);
  shop.clock.stopAt(given);
  const rows = new Map<string, StockRow>();
  Object.entries(openings).forEach(([key, quantity]) => rows.set(key, plantRow(shop, scale, key, quantity)));
  plantRemainders(shop, openings, rows);
  packs.forEach(({ product, type, components }) => plantPack(shop, scale, { product, type, components }));
  let asked = 0;
  return {
    shop,
    scale,
    openings: new Map(Object.entries(openings)),
    product: scale.product,
    row: (key) => {
      const row = findRow(shop, scale, key);
      if (row === undefined) throw new Error(`No row ${key} in this world.`);
      return row;
    },
    begin: () => shop.clock.stopAt(acted),
    ask: (method, path, body = '') => {
      asked += 1;
      const headers = { authorization: `Basic ${Buffer.from(`${mainKey}:`).toString('base64')}` };
      const request = apiRequest(asked, { method, target: `/api/${path}`, headers, body });
      if (request === undefined) throw new Error(path);
      return handle(request, {
        context: shop.context,
        keys: new Map([[mainKey, { active: true, rights: 'all' }]]),
        base: 'http://shop',
        afterRow: () => undefined,
        beforeRow: () => undefined,
      });
    },
  };
};

/** What a case before this one may have set. */
const resetShop = (shop: Shop): void => {
  shop.pauseWith(undefined);
  ['PS_PACK_STOCK_TYPE', 'PS_ENABLE_BACKORDER_STATUS'].forEach((name) => shop.configure(name, '0'));
  shop.configure('PS_STOCK_MANAGEMENT', '1');
};

const findRow = (shop: Shop, scale: Scale, key: string): StockRow | undefined => {
  const { product, combination, shop: id_shop, group } = parseKey(key);
  const attribute = combination === 0 ? 0 : scale.combination(combination);
  return shop.tables.stock
    .where(scale.product(product))
    .find((row) => row.id_product_attribute === attribute && row.id_shop === id_shop && row.id_shop_group === group);
};

const plantRow = (shop: Shop, scale: Scale, key: string, quantity: number): StockRow => {
  const { product, combination, shop: id_shop, group } = parseKey(key);
  const opening = quantity + scale.opening;
  plantProduct(shop, scale.product(product));
  return shop.tables.stock.insert({
    id_product: scale.product(product),
    id_product_attribute: combination === 0 ? 0 : scale.combination(combination),
    id_shop,
    id_shop_group: group,
    quantity: opening,
    physical_quantity: opening,
    reserved_quantity: 0,
    depends_on_stock: 0,
    out_of_stock: 2,
    location: '',
  });
};

const plantProduct = (shop: Shop, id: number): void => {
  const text = { reference: `p${id}`, ean13: '', name: `Product ${id}`, price: '5.000000' };
  const flags = { active: 1, is_virtual: 0, pack_stock_type: 3, minimal_quantity: 1, date_add: '', date_upd: '' };
  shop.tables.products.put({ id, ...text, ...flags });
};

/** The sum of a product's combinations holds more than the recording shows: one more combination stands for the rest. */
const plantRemainders = (shop: Shop, openings: Readonly<Record<string, number>>, rows: Map<string, StockRow>): void => {
  for (const [key, row] of rows) {
    // The recorded group had nothing but the combination shown.
    if (parseKey(key).combination !== 0 || parseKey(key).group !== 0) continue;
    const shown = Object.keys(openings).filter((other) => isCombinationOf(other, key));
    if (shown.length === 0) continue;
    const rest = row.quantity - shown.reduce((sum, other) => sum + (rows.get(other)?.quantity ?? 0), 0);
    shop.tables.stock.insert({ ...row, id_product_attribute: 9999, quantity: rest, physical_quantity: rest });
  }
};

const isCombinationOf = (key: string, parent: string): boolean => {
  const [own, other] = [parseKey(key), parseKey(parent)];
  const sameHolder = own.shop === other.shop && own.group === other.group;
  return own.product === other.product && own.combination !== 0 && sameHolder;
};

type Pack = NonNullable<WorldOptions['packs']>[number];

const plantPack = (shop: Shop, scale: Scale, { product, type, components }: Pack): void => {
  const id = scale.product(product);
  const known = shop.tables.products.get(id);
  if (known !== undefined) shop.tables.products.put({ ...known, pack_stock_type: type });
  components.forEach((key, index) => {
    const { product: component, combination } = parseKey(key);
    shop.tables.packItems.insert({
      id_pack: id,
      id_product: scale.product(component),
      id_product_attribute: combination === 0 ? 0 : scale.combination(combination),
      quantity: index === 0 ? 2 : 1,
    });
  });
};

/** Writes rows as a person with the database open would. */
export const setRows = (world: World, rows: RecordedRows): void =>
  Object.entries(rows).forEach(([key, value]) => {
    const [quantity, physical_quantity, reserved_quantity] = inScale(world, key, tripleOf(value));
    const row = world.row(key);
    world.shop.tables.stock.put({ ...row, quantity, physical_quantity, reserved_quantity });
  });

/** A row that comes with the act begins with nothing. */
const inScale = (world: World, key: string, triple: Triple): Triple => {
  const opening = world.openings.get(key);
  return opening === undefined
    ? scaled({ ...world.scale, opening: 0 }, 0, triple)
    : scaled(world.scale, opening, triple);
};

/** The rows that a case names, as the world has them. A case that recorded quantities alone gets those. */
export const rowsOf = (world: World, rows: RecordedRows): RecordedRows =>
  Object.fromEntries(
    Object.entries(rows).map(([key, value]) => {
      const { quantity, physical_quantity, reserved_quantity } = world.row(key);
      return [key, typeof value === 'number' ? quantity : [quantity, physical_quantity, reserved_quantity]];
    }),
  );

/** What the rows of a recording are in the world's scale. */
export const expectedRows = (world: World, rows: RecordedRows): RecordedRows =>
  Object.fromEntries(
    Object.entries(rows).map(([key, value]) => {
      const triple = inScale(world, key, tripleOf(value));
      return [key, typeof value === 'number' ? triple[0] : triple];
    }),
  );

/** Openings for a case whose rows are set as they were before: each row its own. */
export const openingsAsBefore = ({ before }: EffectCase): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(before).map(([key, value]) => [key, tripleOf(value)[0]]));
