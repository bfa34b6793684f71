import { createHash } from 'node:crypto';
import type { Shop } from '../shop/shop.js';
import type { WebserviceRecord } from './recordings.js';

/** The recording of a shop whose rows and products have other ids, and three times its stock. */
export type Translation = {
  readonly row: (id: number) => number;
  readonly product: (id: number) => number;
  readonly quantity: (text: string) => string;
};

/** Ids that mean "no such row" and "no such product" stay what they are. */
const nobody = [99_999, 999_999];
const shiftedBy = (by: number) => (id: number) => (nobody.includes(id) ? id : id + by);

/** Times three, where it is a quantity that the shop takes. At the end of the range there is no room. */
const threefold = (text: string): string => {
  const isPlain = /^-?(0|[1-9]\d*)$/.test(text) && Math.abs(Number(text)) < 2 ** 31 - 1;
  return isPlain ? String(Number(text) * 3) : text;
};

export const otherShop: Translation = { row: shiftedBy(700), product: shiftedBy(300), quantity: threefold };

/** Which records speak of nothing but rows of stock. */
export const isTranslatable = ({ request, database }: WebserviceRecord): boolean =>
  database !== undefined || request?.path.startsWith('/api/stock_availables') === true;

export const translateShop = ({ tables }: Shop, { row, product, quantity }: Translation): void => {
  for (const stock of tables.stock.all()) {
    tables.stock.remove(stock.id);
    const id_product = product(stock.id_product);
    tables.stock.put({ ...stock, id: row(stock.id), id_product, quantity: Number(quantity(String(stock.quantity))) });
  }
};

const inNumbers = (text: string, map: (id: number) => number): string =>
  text.replace(/\d+/g, (digits) => String(map(Number(digits))));

const inFilter = (path: string, name: string, map: (id: number) => number): string =>
  path.replace(new RegExp(`(filter\\[${name}\\]=)([^&]*)`), (_, head: string, value: string) => {
    const mapped = inNumbers(decodeURIComponent(value), map);
    return `${head}${encodeURIComponent(mapped)}`;
  });

/** Behind each of these stands an id of a row, an id of a product, or a quantity. */
const beforeRow = /(\/api\/stock_availables\/|stock_available id="|<id>(?:<!\[CDATA\[)?|"id":"?)(\d+)/g;
const beforeProductInLink = /(\/api\/products\/)(\d+)/g;
const beforeProduct = /(<id_product(?: [^>]*)?>(?:<!\[CDATA\[)?|"id_product":"?)(\d+)/g;
const beforeQuantity = /(<quantity>(?:<!\[CDATA\[)?|"quantity":"?)([^<\]",}]*)/g;

const inText = (text: string, { row, product, quantity }: Translation): string => {
  const withId = (map: (id: number) => number) => (_: string, head: string, id: string) => `${head}${map(Number(id))}`;
  return text
    .replace(beforeRow, withId(row))
    .replace(beforeProductInLink, withId(product))
    .replace(beforeProduct, withId(product))
    .replace(beforeQuantity, (_, head: string, units: string) => `${head}${quantity(units)}`);
};

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** @param base what `{base}` stands for, to hash the body as the shop sends it. */
export const translate = (record: WebserviceRecord, translation: Translation, base: string): WebserviceRecord => {
  const { request, response, database } = record;
  const hashOf = (body: string): string => sha1(body.replaceAll('{base}', base));
  return {
    ...record,
    ...(request && {
      request: {
        ...request,
        path: inText(
          inFilter(inFilter(request.path, 'id', translation.row), 'id_product', translation.product),
          translation,
        ),
        ...(request.body !== undefined && { body: inText(request.body, translation) }),
      },
    }),
    ...(response && { response: translateResponse(response, translation, hashOf) }),
    ...(database && { database: translateRows(database, translation) }),
  };
};

const translateResponse = (
  response: NonNullable<WebserviceRecord['response']>,
  translation: Translation,
  hashOf: (body: string) => string,
): NonNullable<WebserviceRecord['response']> => {
  const body = inText(response.body, translation);
  const hash = response.headers['content-sha1'];
  // Of an answer without a body the hash is not known.
  const headers =
    hash === undefined || body === '' ? response.headers : { ...response.headers, 'content-sha1': hashOf(body) };
  return { ...response, headers, body };
};

const translateRows = (
  database: NonNullable<WebserviceRecord['database']>,
  { row, product, quantity }: Translation,
): NonNullable<WebserviceRecord['database']> =>
  Object.fromEntries(
    Object.entries(database).map(([id, columns]) => [
      String(row(Number(id))),
      {
        ...columns,
        id_product: String(product(Number(columns['id_product']))),
        quantity: quantity(columns['quantity'] ?? ''),
      },
    ]),
  );
