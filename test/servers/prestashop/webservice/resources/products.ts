import { insertRow } from '../../shop/seed/catalogue.js';
import { sumCombinations } from '../../shop/stock.js';
import type { Context } from '../../shop/context.js';
import type { ProductRow } from '../../shop/rows.js';
import type { Association, Entity, Resource, Save, Saved } from '../types.js';
import { columnsOf, entityOf } from './entity.js';
import { bool, constants, int, text } from './fields.js';
import { rowsSought, tableResource } from './table-resource.js';

/** A part of the real fields, in their order. */
const productFields = [
  ...constants(['new'], ''),
  // Reads 0 whatever the stock is: nobody should look here.
  { name: 'quantity', kind: 'int', constant: 0, computed: true } as const,
  { name: 'type', kind: 'text', computed: true } as const,
  ...constants(['id_shop_default'], 1, 'int'),
  text('reference', { maxSize: 64, format: 'isReference' }),
  ...constants(['location'], ''),
  text('ean13', { maxSize: 13, format: 'isEan13' }),
  bool('cache_is_pack'),
  bool('is_virtual'),
  ...constants(['state'], 1, 'int'),
  text('product_type'),
  int('minimal_quantity'),
  text('price'),
  bool('active'),
  int('pack_stock_type'),
  text('date_add'),
  text('date_upd'),
  { name: 'name', kind: 'i18n' } as const,
];

const bundleFields = [int('id', { link: 'products' }), int('id_product_attribute'), int('quantity')];

const partsOf = ({ tables }: Context, { id }: Entity): readonly Association[] => {
  const combinationRows = tables.combinations.where(Number(id)).map((row) => ({ id: row.id }));
  const items = tables.packItems
    .where(Number(id))
    .map((row) => ({ id: row.id_product, id_product_attribute: row.id_product_attribute, quantity: row.quantity }));
  return [
    { name: 'combinations', one: 'combination', api: 'combinations', fields: [int('id')], rows: combinationRows },
    { name: 'product_bundle', one: 'product', api: 'products', fields: bundleFields, rows: items },
  ];
};

/** What a product is: two words for it, and a flag. */
const kindOf = ({ tables }: Context, product: ProductRow): Entity => {
  const isPack = tables.packItems.where(product.id).length > 0;
  const isPlain = isPack || product.is_virtual === 1;
  const type = isPack ? 'pack' : 'virtual';
  const other = tables.combinations.where(product.id).length > 0 ? 'combinations' : 'standard';
  return {
    type: isPlain ? type : 'simple',
    product_type: isPlain ? type : other,
    cache_is_pack: isPack ? 1 : 0,
  };
};

const shownOf = (context: Context, product: ProductRow): Entity => ({
  ...entityOf(productFields, product),
  ...kindOf(context, product),
});

export const products: Resource = {
  name: 'products',
  one: 'product',
  many: 'products',
  description: 'The products',
  fields: productFields,
  isInOrder: true,
  *list(context, _names, sought) {
    for (const product of rowsSought(context.tables.products, sought)) yield shownOf(context, product);
  },
  get: (context, id) => {
    const product = context.tables.products.get(id);
    return product === undefined ? undefined : shownOf(context, product);
  },
  associations: partsOf,
  save: (context, save) => Promise.resolve(saveProduct(context, save)),
};

/** Whatever it says of a quantity, the stock stays as it is. */
const saveProduct = (context: Context, { id = 0, values, method }: Save): Saved => {
  const product = context.tables.products.get(id);
  if (product === undefined || method === 'POST') return { kind: 'crashed' };
  const named = columnsOf(productFields, withoutNull(values));
  const known = Object.fromEntries(Object.entries(named).filter(([name]) => name in product && name !== 'id'));
  const saved: ProductRow = { ...product, ...known, date_upd: context.clock.local() };
  context.tables.products.put(saved);
  return { kind: 'saved', entity: shownOf(context, saved) };
};

const withoutNull = (values: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const combinationFields = [
  int('id_product', { link: 'products', required: true, format: 'isUnsignedId' }),
  ...constants(['location'], ''),
  text('ean13', { maxSize: 13, format: 'isEan13' }),
  ...constants(['isbn', 'upc', 'mpn'], ''),
  text('reference', { maxSize: 64 }),
  ...constants(['supplier_reference'], ''),
  int('minimal_quantity', { required: true, format: 'isPositiveInt' }),
];

export const combinations = tableResource(
  {
    name: 'combinations',
    one: 'combination',
    many: 'combinations',
    description: 'The product combinations',
    fields: combinationFields,
    save: (context, save) => Promise.resolve(saveCombination(context, save)),
    remove: (context, id) => removeCombination(context, id),
  },
  (tables) => tables.combinations,
  { indexed: 'id_product' },
);

const saveCombination = (context: Context, { values, method }: Save): Saved => {
  if (method !== 'POST') return { kind: 'crashed' };
  const row = context.tables.combinations.insert({
    id_product: Number(values['id_product']),
    reference: values['reference'] ?? '',
    ean13: values['ean13'] ?? '',
    minimal_quantity: Number(values['minimal_quantity']),
  });
  const product = { id_product: row.id_product, id_product_attribute: row.id };
  insertRow(context, { ...product, id_shop: 1, quantity: 0, out_of_stock: 2 });
  return { kind: 'saved', entity: entityOf(combinationFields, row) };
};

const removeCombination = (context: Context, id: number): void => {
  const combination = context.tables.combinations.get(id);
  context.tables.combinations.remove(id);
  for (const row of context.tables.stock.where(combination?.id_product ?? 0)) {
    if (row.id_product_attribute !== id) continue;
    context.tables.stock.remove(row.id);
    sumCombinations(context, row, { kind: 'act', act: 'delete combination' });
  }
};
