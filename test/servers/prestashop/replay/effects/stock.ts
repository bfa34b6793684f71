import type { EffectCase } from '../recordings.js';
import { order } from './orders.js';
import { parseKey } from './scale.js';
import type { ScriptOf } from './script.js';
import { createWorld, openingsAsBefore, setRows, type World } from './world.js';

/** Pages of the back office, code and requests that write stock without an order. */
export const stockWrite: ScriptOf = (played, about) => {
  const text = played.name.replace(/^(stock|pack)-/, '');
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  const moved = { movements: 0, status: 0 };
  return {
    world,
    given: async () => {
      if (text.includes('PS_STOCK_MANAGEMENT=0')) world.shop.configure('PS_STOCK_MANAGEMENT', '0');
      if (text.includes('with an open order')) {
        await order(world, '6-0', 3, 10);
      }
      setRows(world, played.before);
    },
    act: async () => {
      moved.movements = world.shop.tables.movements.all().length;
      await doWrites(world, text, moved);
    },
    notes: () => ({
      found: {
        stock_mvt: world.shop.tables.movements.all().length - moved.movements,
        ...(statusOf(played) !== undefined && { status: moved.status }),
      },
      recorded: {
        stock_mvt: (played.notes as { readonly stock_mvt: number }).stock_mvt,
        ...(statusOf(played) !== undefined && { status: statusOf(played) }),
      },
    }),
  };
};

/** The last request's status, where the case is one of the webservice. */
const statusOf = ({ notes }: EffectCase): number | undefined => {
  const { return: returned } = notes as { readonly return: unknown };
  const last: unknown = Array.isArray(returned) && Array.isArray(returned[0]) ? returned.at(-1) : returned;
  const status: unknown = Array.isArray(last) ? last[0] : last;
  return typeof status === 'number' ? status : undefined;
};

type Write = readonly [
  pattern: RegExp,
  write: (world: World, words: readonly string[]) => Promise<{ readonly status: number } | undefined>,
];

/** The quantity that a recorded one is in the world's scale. */
const quantityIn = (world: World, key: string, recorded: number): number => {
  const opening = world.openings.get(key) ?? 0;
  return opening + world.scale.opening + world.scale.units * (recorded - opening);
};

const patch = (world: World, key: string, quantity: number, method = 'PATCH') => {
  const row = world.row(key);
  const full = `<id_product>${row.id_product}</id_product><id_product_attribute>${row.id_product_attribute}</id_product_attribute><id_shop>${row.id_shop}</id_shop><depends_on_stock>0</depends_on_stock><out_of_stock>2</out_of_stock>`;
  const value = `<quantity>${quantityIn(world, key, quantity)}</quantity>`;
  const body = `<prestashop><stock_available><id>${row.id}</id>${method === 'PUT' ? full : ''}${value}</stock_available></prestashop>`;
  return world.ask(method, `stock_availables/${row.id}`, body);
};

const byHand = async (
  world: World,
  key: string,
  change: { readonly delta: number } | { readonly quantity: number },
  page: 'product' | 'combination' | 'stocks' | 'module',
): Promise<undefined> => {
  const { product, combination } = parseKey(key);
  await world.shop.editStockByHand({
    id_product: world.scale.product(product),
    id_product_attribute: combination === 0 ? 0 : world.scale.combination(combination),
    id_shop: 1,
    page,
    ...('delta' in change
      ? { delta: change.delta * world.scale.units }
      : { quantity: quantityIn(world, key, change.quantity) }),
  });
};

const simple = '6-0';
const combination = '1-1';
const parent = '1-0';

const writes: readonly Write[] = [
  [
    /^ws (PUT|PATCH) simple (?:unchanged )?\d+->(\d+)$/,
    (world, [, method, to]) => patch(world, simple, Number(to), method),
  ],
  [/^ws PATCH simple to (-?\d+)$/, (world, [, to]) => patch(world, simple, Number(to))],
  [/^ws PATCH simple with an open order .*->(\d+)$/, (world, [, to]) => patch(world, simple, Number(to))],
  [/: ws PATCH$/, (world) => patch(world, simple, 80)],
  [/^ws (PUT|PATCH) combination \d+->(\d+)$/, (world, [, method, to]) => patch(world, combination, Number(to), method)],
  [/^ws PATCH combination unchanged$/, (world) => patch(world, combination, 100)],
  [/^ws PUT parent row .* to (\d+)$/, (world, [, to]) => patch(world, parent, Number(to), 'PUT')],
  [
    /^ws PATCH parent to (\d+) then combination 1 to (\d+)$/,
    async (world, [, first, second]) => {
      await patch(world, parent, Number(first));
      return patch(world, combination, Number(second));
    },
  ],
  [
    /^ws PATCH out_of_stock only$/,
    (world) => {
      const { id } = world.row(simple);
      const node = `<stock_available><id>${id}</id><out_of_stock>1</out_of_stock></stock_available>`;
      return world.ask('PATCH', `stock_availables/${id}`, `<prestashop>${node}</prestashop>`);
    },
  ],
  [
    /^ws (POST|DELETE) stock_availables$/,
    (world, [, method]) => world.ask(method ?? '', `stock_availables/${world.row(simple).id}`),
  ],
  [
    /^bulk ws PATCH/,
    (world) => {
      const nodes = [
        [simple, 55],
        [combination, 66],
      ] as const;
      const body = nodes.map(
        ([key, quantity]) =>
          `<stock_available><id>${world.row(key).id}</id><quantity>${quantityIn(world, key, quantity)}</quantity></stock_available>`,
      );
      return world.ask('PATCH', 'stock_availables', `<prestashop>${body.join('')}</prestashop>`);
    },
  ],
  [
    /^legacy StockAvailable::setQuantity\((\d),(\d),(\d+)\)$/,
    (world, [, product, attribute, to]) => byHand(world, `${product}-${attribute}`, { quantity: Number(to) }, 'module'),
  ],
  [
    /^legacy StockAvailable::updateQuantity\(6,0,(-\d+),1,true\)$/,
    (world, [, delta]) => byHand(world, simple, { delta: Number(delta) }, 'module'),
  ],
  [
    /^BO product page.* delta (-?\d+)$/,
    (world, [, delta]) => byHand(world, simple, { delta: Number(delta) }, 'product'),
  ],
  [
    /^BO combination page.* delta (-?\d+)$/,
    (world, [, delta]) => byHand(world, combination, { delta: Number(delta) }, 'combination'),
  ],
  [
    /^BO combination page: fixed (\d+)$/,
    (world, [, to]) => byHand(world, combination, { quantity: Number(to) }, 'combination'),
  ],
  [/^BO Stocks page.*delta (\d+)/, (world, [, delta]) => byHand(world, simple, { delta: Number(delta) }, 'stocks')],
  [
    /^ws PUT products\/6 \(unchanged\)$/,
    async (world) => {
      const id = world.product(6);
      const { body } = await world.ask('GET', `products/${id}`);
      return world.ask('PUT', `products/${id}`, body.replace(/<associations>[^]*<\/associations>/, ''));
    },
  ],
];

const doWrites = async (world: World, text: string, moved: { status: number }): Promise<void> => {
  for (const [pattern, write] of writes) {
    const words = pattern.exec(text);
    if (words === null) continue;
    moved.status = (await write(world, [...words]))?.status ?? 0;
    return;
  }
  throw new Error(`No write "${text}".`);
};
