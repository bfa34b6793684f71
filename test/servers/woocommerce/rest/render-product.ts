import type { Context } from '../shop/context.js';
import type { Product } from '../shop/rows.js';
import { dates } from './dates.js';
import type { Json } from './types.js';

const targetHints = { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] };

/** What a row shows of its stock: a variation that does not manage its own shows its parent's. */
const stockOf = (context: Context, product: Product): Json => {
  const parent = product.type === 'variation' ? context.products.get(product.parent) : undefined;
  const isParents = !product.manageStock && parent?.manageStock === true;
  const row = isParents ? parent : product;
  const isManaged = row.manageStock;
  return {
    manage_stock: isParents ? 'parent' : product.manageStock,
    stock_quantity: isManaged ? row.stock : null,
    stock_status: product.stockStatus,
    ...{ backorders: row.backorders, backorders_allowed: row.backorders !== 'no' },
    backordered: isManaged && row.backorders !== 'no' && (row.stock ?? 0) <= 0,
    low_stock_amount: null,
  };
};

const isBuyable = ({ type }: Product): boolean => type !== 'external' && type !== 'grouped';

/** What products and variations have in common and these tests do not speak of. */
const plain = {
  ...{ sale_price: '', date_on_sale_from: null, date_on_sale_from_gmt: null, date_on_sale_to: null },
  ...{ date_on_sale_to_gmt: null, on_sale: false, virtual: false, downloadable: false, downloads: [] },
  ...{ download_limit: -1, download_expiry: -1, tax_status: 'taxable', weight: '' },
  ...{ dimensions: { length: '', width: '', height: '' }, shipping_class: '', shipping_class_id: 0, menu_order: 0 },
  ...{ meta_data: [], description: '', global_unique_id: '' },
};

const common = (context: Context, product: Product): Json => ({
  id: product.id,
  ...{ name: product.name, sku: product.sku, parent_id: product.parent, type: product.type, status: product.status },
  ...{ ...dates('date_created', product.createdAt), ...dates('date_modified', product.modifiedAt) },
  ...{ price: String(product.price), regular_price: String(product.price), purchasable: isBuyable(product) },
  ...plain,
  ...stockOf(context, product),
});

/** A product as REST v3 shows it; a variation asked for as a product too. */
export const renderProduct = (context: Context, product: Product, base: string): Json => {
  const isTrashed = product.status === 'trash';
  const slug = `${product.slug}${isTrashed ? '__trashed' : ''}`;
  const permalink = isTrashed ? `${base}/?post_type=product&p=${product.id}` : `${base}/product/${slug}/`;
  const price = product.price.toFixed(2);
  return {
    ...common(context, product),
    ...{ slug, permalink, featured: false, catalog_visibility: 'visible' },
    ...{ short_description: '', total_sales: product.totalSales, external_url: '', button_text: '', tax_class: '' },
    ...{ sold_individually: false, shipping_required: true, shipping_taxable: true, reviews_allowed: true },
    ...{ average_rating: '0.00', rating_count: 0, upsell_ids: [], cross_sell_ids: [], purchase_note: '' },
    ...{ categories: [{ id: 15, name: 'Uncategorized', slug: 'uncategorized' }], brands: [], tags: [], images: [] },
    ...{ attributes: [], default_attributes: [], variations: childrenOf(context, product), grouped_products: [] },
    price_html: `<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">&euro;</span>${price}</bdi></span>`,
    ...{ related_ids: [], has_options: product.type === 'variable', post_password: '' },
    ...(isTrashed && { meta_data: trashMetas(product) }),
    _links: {
      self: [{ href: `${base}/wp-json/wc/v3/products/${product.id}`, targetHints }],
      collection: [{ href: `${base}/wp-json/wc/v3/products` }],
      ...(product.parent !== 0 && { up: [{ href: `${base}/wp-json/wc/v3/products/${product.parent}` }] }),
    },
  };
};

/** What WordPress notes of what is thrown away. */
const trashMetas = ({ id, slug, modifiedAt }: Product): readonly Json[] =>
  [
    ['_wp_trash_meta_status', 'publish'],
    ['_wp_trash_meta_time', String(Math.floor(modifiedAt / 1_000))],
    ['_wp_desired_post_slug', slug],
  ].map(([key, value], index) => ({ id: id * 10 + index, key, value }));

const childrenOf = (context: Context, { id }: Product): readonly number[] =>
  [...context.products.values()].filter(({ parent }) => parent === id).map((child) => child.id);

export const renderVariation = (context: Context, product: Product, base: string): Json => {
  const family = `${base}/wp-json/wc/v3/products/${product.parent}`;
  const slug = context.products.get(product.parent)?.slug ?? '';
  return {
    ...common(context, product),
    ...{ permalink: `${base}/product/${slug}/?attribute_c=${product.name}`, tax_class: 'parent', image: null },
    attributes: [{ id: 0, name: 'C', slug: 'c', option: product.name }],
    _links: {
      self: [{ href: `${family}/variations/${product.id}`, targetHints }],
      collection: [{ href: `${family}/variations` }],
      up: [{ href: family }],
    },
  };
};
