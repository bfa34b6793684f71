import { type PackItem, type PackStockType } from '../../effects/index.js';
import { FieldError, idOrNone, number, text } from '../fields.js';
import { type Resource } from '../resource.js';
import { childrenOf, type XmlNode } from '../xml.js';

/** Its own field `quantity` reads 0 always and is not among these: stock is in `stock_availables` alone. */
export type Product = {
  readonly id: number;
  readonly reference: string;
  readonly type: 'simple' | 'pack' | 'virtual';
  readonly packStockType: PackStockType;
};

const types = ['simple', 'pack', 'virtual'] as const;

const typeOf = (node: XmlNode): Product['type'] => {
  const value = text(node, 'type');
  const type = types.find((one) => one === value);
  if (type === undefined) throw new FieldError(`type is none: ${value.slice(0, 40)}`);
  return type;
};

const packStockTypes = [0, 1, 2, 3] as const;

const packStockTypeOf = (node: XmlNode): PackStockType => {
  const value = number(node, 'pack_stock_type');
  const type = packStockTypes.find((one) => one === value);
  if (type === undefined) throw new FieldError(`pack_stock_type is none: ${value}`);
  return type;
};

const read = (node: XmlNode): Product => ({
  id: number(node, 'id'),
  reference: text(node, 'reference'),
  type: typeOf(node),
  packStockType: packStockTypeOf(node),
});

const fields = ['id', 'reference', 'type', 'pack_stock_type'] as const;

export const products: Resource<Product> = {
  path: 'products',
  list: 'products',
  element: 'product',
  display: fields,
  read,
};

export type NamedProduct = Product & { readonly name: string };

/** In the shop's first language; where there is one alone it stands there without an element of its own. */
const nameOf = (node: XmlNode): string => {
  const [name = ''] = childrenOf(node, 'name');
  if (typeof name === 'string') return name;
  const [first = ''] = childrenOf(name, 'language');
  return typeof first === 'string' ? first : '';
};

export const namedProducts: Resource<NamedProduct> = {
  ...products,
  display: [...fields, 'name'],
  read: (node) => ({ ...read(node), name: nameOf(node) }),
};

export type PackProduct = Product & { readonly items: readonly PackItem[] };

const itemsOf = (node: XmlNode): readonly XmlNode[] =>
  childrenOf(node, 'associations')
    .flatMap((associations) => childrenOf(associations, 'product_bundle'))
    .flatMap((bundle) => childrenOf(bundle, 'product'));

/** Packs with what is in them: ask for them by id, the type of a product cannot be filtered by and all fields are many. */
export const packProducts: Resource<PackProduct> = {
  ...products,
  display: 'full',
  read: (node) => ({
    ...read(node),
    items: itemsOf(node).map((item) => ({
      productId: number(item, 'id'),
      attributeId: idOrNone(item, 'id_product_attribute'),
      unitsPerPack: number(item, 'quantity'),
    })),
  }),
};
