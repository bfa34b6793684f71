import type { Context } from '../shop/context.js';
import type { Product } from '../shop/rows.js';
import { noRoute, notOneOf, RestError, unknownId } from './errors.js';
import { bodyOf } from './bodies.js';
import { batchOf } from './batch.js';
import { listOf } from './lists.js';
import { renderProduct, renderVariation } from './render-product.js';
import type { Found, Json, RestRequest } from './types.js';
import { checkedEdit, uncheckedEdit, writeProduct, type ProductEdit } from './write-product.js';

export const allowed = {
  one: 'GET, POST, PUT, PATCH, DELETE',
  list: 'GET, POST',
  batch: 'POST, PUT, PATCH',
  read: 'GET',
};

const types = ['simple', 'grouped', 'external', 'variable'] as const;
const isWrite = (method: string): boolean => ['POST', 'PUT', 'PATCH'].includes(method);

/** `/products` and what is under it. @throws RestError */
export const products = async (context: Context, request: RestRequest, base: string): Promise<Found> => {
  const [, id, below, variation] = request.path;
  if (id === undefined) return listProducts(context, request, base);
  if (id === 'batch') return batchProducts(context, request, base);
  if (below === undefined) return oneProduct(context, request, Number(id), base);
  if (below !== 'variations') throw noRoute();
  const parent = Number(id);
  if (variation === undefined) return listVariations(context, request, parent, base);
  if (variation === 'batch') return batchVariations(context, request, parent, base);
  return oneVariation(context, request, parent, Number(variation), base);
};

const oneProduct = async (context: Context, request: RestRequest, id: number, base: string): Promise<Found> => {
  const product = context.products.get(id);
  const { method } = request;
  if (method === 'DELETE') return deleteProduct(context, request, id, base);
  if (!isWrite(method)) {
    if (product === undefined) throw unknownId('product', 404);
    return { status: 200, body: renderProduct(context, product, base), allow: allowed.one };
  }
  const edit = checkedEdit(context, bodyOf(request));
  if (product === undefined) throw unknownId('product', 400);
  if (product.type === 'variation') throw notAProduct();
  return { status: 200, body: renderProduct(context, await writeProduct(context, id, edit), base), allow: allowed.one };
};

const notAProduct = (): RestError =>
  new RestError(
    'woocommerce_rest_invalid_product_id',
    'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.',
    404,
  );

/** Into the trash, or out of the shop for good; answers what it was. */
const deleteProduct = (context: Context, { query }: RestRequest, id: number, base: string): Found => {
  const product = context.products.get(id);
  if (product === undefined) throw unknownId('product', 404);
  const body = renderProduct(context, product, base);
  if (query.get('force') === 'true') context.products.delete(id);
  else context.products.set(id, { ...product, status: 'trash', modifiedAt: context.now() });
  return { status: 200, body, allow: allowed.one };
};

const listed = (context: Context): readonly Product[] =>
  [...context.products.values()].filter(({ status }) => status !== 'trash');

/** By SKU variations are found too; otherwise never. */
const listProducts = (context: Context, request: RestRequest, base: string): Found => {
  const { query, method } = request;
  if (isWrite(method)) throw duplicate(context, bodyOf(request));
  for (const [name, values] of [
    ['type', query.get('type')],
    ['include_types', query.get('include_types')],
  ] as const) {
    values?.split(',').forEach((value, index) => {
      if (!types.some((one) => one === value))
        throw notOneOf(name, types, name === 'type' ? name : `${name}[${index}]`);
    });
  }
  const rows = listed(context).filter(matching(query));
  return listOf(request, rows, {
    ...{ url: `${base}/wp-json/wc/v3/products`, zoneMinutes: context.settings.zoneMinutes },
    allow: allowed.list,
    render: (product) => renderProduct(context, product, base),
  });
};

const matching = (query: RestRequest['query']): ((product: Product) => boolean) => {
  const skus =
    query
      .get('sku')
      ?.toLowerCase()
      .split(',')
      .filter((sku) => sku !== '') ?? [];
  const part = (query.get('search_sku') ?? query.get('search_name_or_sku'))?.toLowerCase();
  const [words, status] = [query.get('search')?.toLowerCase(), query.get('stock_status')];
  return ({ type, sku, name, stockStatus }) => {
    if (status !== undefined && status !== stockStatus) return false;
    if (skus.length > 0) return skus.includes(sku.toLowerCase());
    if (part !== undefined) return sku.toLowerCase().includes(part);
    return type !== 'variation' && (words === undefined || name.toLowerCase().includes(words));
  };
};

/** Products are made by the test; what the API refuses it refuses here. */
const duplicate = (context: Context, { sku }: Json): RestError => {
  const taken = [...context.products.values()].find((one) => one.sku === sku);
  if (taken === undefined) return new RestError('not_here', 'This server makes no products: createProduct does.', 501);
  const data = { resource_id: taken.id, unique_sku: `${taken.sku}-1` };
  return new RestError('product_invalid_sku', 'Invalid or duplicated SKU.', 400, data);
};

const batchProducts = (context: Context, request: RestRequest, base: string): Promise<Found> =>
  batchOf(request, async (row) => {
    const product = context.products.get(Number(row['id']));
    if (product?.type === 'variation') throw notAProduct();
    if (product === undefined) throw unknownId('product', 400);
    return renderProduct(context, await writeProduct(context, product.id, uncheckedEdit(row)), base);
  });

const oneVariation = async (
  context: Context,
  request: RestRequest,
  parent: number,
  id: number,
  base: string,
): Promise<Found> => {
  const edit = isWrite(request.method) ? checkedEdit(context, bodyOf(request)) : undefined;
  const variation = context.products.get(id);
  if (variation?.type !== 'variation' || variation.parent !== parent) throw wrongVariation();
  const after = edit === undefined ? variation : await writeVariation(context, variation, edit);
  return { status: 200, body: renderVariation(context, after, base), allow: allowed.one };
};

const wrongVariation = (): RestError => unknownId('product_variation', 404);

const writeVariation = (context: Context, { id }: Product, edit: ProductEdit): Promise<Product> =>
  writeProduct(context, id, edit);

const listVariations = (context: Context, request: RestRequest, parent: number, base: string): Found =>
  listOf(
    request,
    listed(context).filter((one) => one.type === 'variation' && one.parent === parent),
    {
      ...{ url: `${base}/wp-json/wc/v3/products/${parent}/variations`, zoneMinutes: context.settings.zoneMinutes },
      allow: allowed.list,
      render: (one) => renderVariation(context, one, base),
    },
  );

const batchVariations = (context: Context, request: RestRequest, parent: number, base: string): Promise<Found> =>
  batchOf(request, async (row) => {
    const variation = context.products.get(Number(row['id']));
    if (variation?.type !== 'variation' || variation.parent !== parent) throw wrongVariation();
    return renderVariation(context, await writeVariation(context, variation, uncheckedEdit(row)), base);
  });

/** `/variations`, which nobody documents: those of all products. */
export const variations = (context: Context, request: RestRequest, base: string): Found =>
  listOf(
    request,
    listed(context).filter(({ type }) => type === 'variation'),
    {
      ...{ url: `${base}/wp-json/wc/v3/variations`, zoneMinutes: context.settings.zoneMinutes },
      allow: allowed.read,
      render: (one) => renderVariation(context, one, base),
    },
  );
