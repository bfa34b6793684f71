import { order } from './orders.js';
import type { ScriptOf } from './script.js';
import { createWorld, openingsAsBefore, setRows, type World } from './world.js';

/** Four shops: 1 and 2 with stock of their own, 3 and 4 in a group that shares. */
const openShops = ({ shop }: World): void => {
  if (shop.tables.shops.all().length > 1) return;
  const sharing = shop.createShopGroup({ name: 'Sharing', sharesStock: true });
  shop.createShop({ name: 'Second', group: 1 });
  shop.createShop({ name: 'Third', group: sharing });
  shop.createShop({ name: 'Fourth', group: sharing });
};

export const orderInShop: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  openShops(world);
  const { shop } = played.given as { readonly shop: number };
  return { world, act: () => order(world, '6-0', 3, 10, shop) };
};

const written = { row: 777, combination: 70 };

/** A row written by its id, with a shop or a group as parameter. */
export const rowPatched: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  openShops(world);
  const { s, g } = played.given as { readonly s: number; readonly g: number };
  const [, isCombination, parameter = ''] =
    /^multistore-ws-patch-(combination-)?row\d+(?:&(.+))?$/.exec(played.name) ?? [];
  const product = isCombination === undefined ? '6-0' : '1-1';
  const key = s === 1 ? product : `${product}@s${s}g${g}`;
  let status = 0;
  return {
    world,
    given: () => {
      setRows(world, played.before);
      return undefined;
    },
    act: async () => {
      const opening = world.openings.get(key) ?? 0;
      const to = isCombination === undefined ? written.row : written.combination;
      const quantity = opening + world.scale.opening + world.scale.units * (to - opening);
      const body = `<prestashop><stock_available><id>${world.row(key).id}</id><quantity>${quantity}</quantity></stock_available></prestashop>`;
      status = (await world.ask('PATCH', `stock_availables?${parameter}`, body)).status;
    },
    notes: () => ({ found: { status }, recorded: { status: played.notes } }),
  };
};

type Listed = readonly [status: number, rows: readonly string[] | string];

/** The list of a product's rows: all of them, whatever shop is named; only filters select. */
export const rowsListed: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: {} });
  openShops(world);
  const shared = about.version === '8.2' ? [71, 129] : [70, 128];
  plantListed(world, shared as [number, number]);
  const parameters = played.name.replace('multistore-ws-list', '');
  let found: Listed = [0, []];
  return {
    world,
    act: async () => {
      const filter = `filter[id_product]=${world.product(6)}&display=full&output_format=JSON`;
      const answer = await world.ask('GET', `stock_availables?${filter}${parameters}`);
      found = [answer.status, listedIn(answer.body)];
    },
    notes: () => ({ found: { listed: found }, recorded: { listed: played.notes } }),
  };
};

const listedIn = (body: string): readonly string[] | string => {
  const { stock_availables: rows } = JSON.parse(body) as {
    readonly stock_availables?: readonly Readonly<Record<string, string | number>>[];
  };
  return (
    rows?.map(
      ({ id, id_shop, id_shop_group, quantity }) => `id${id} shop${id_shop} group${id_shop_group} q${quantity}`,
    ) ?? body
  );
};

const plantListed = ({ shop, product }: World, [second, sharing]: readonly [number, number]): void => {
  const common = { id_product: product(6), id_product_attribute: 0, physical_quantity: 0, reserved_quantity: 0 };
  const rest = { ...common, depends_on_stock: 0, out_of_stock: 2, location: '' };
  shop.tables.stock.put({ ...rest, id: 6, id_shop: 1, id_shop_group: 0, quantity: 20 });
  shop.tables.stock.put({ ...rest, id: second, id_shop: 2, id_shop_group: 0, quantity: 30 });
  shop.tables.stock.put({ ...rest, id: sharing, id_shop: 0, id_shop_group: 2, quantity: 210 });
};
