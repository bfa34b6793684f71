import { request } from 'node:http';
import type { Shop } from './shop.js';

/** What a browser got. `leadsTo` is the page that it was sent to, `message` what that page says to the shopper. */
export type Page = {
  readonly status: number;
  readonly leadsTo: string;
  readonly message: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
};

export type PageOptions = { readonly cookie?: string; readonly headers?: Readonly<Record<string, string>> };

/** One request on a connection of its own: two of them go to two processes. */
export const visit = (shop: Shop, query: string, options: PageOptions = {}): Promise<Page> => {
  const { cookie, headers = {} } = options;
  return new Promise((resolve, reject) => {
    const sent = request(
      `${shop.url}/${query}`,
      { agent: false, headers: { ...headers, ...(cookie !== undefined && { cookie }) } },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => {
          const notice = (answer.headers['set-cookie'] ?? []).find((line) => line.startsWith('notifications='));
          resolve({
            ...{
              status: answer.statusCode ?? 0,
              leadsTo: answer.headers.location ?? '',
              body,
              headers: answer.headers,
            },
            message: decodeURIComponent(notice?.split(/[=;]/u)[1] ?? ''),
          });
        });
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end();
  });
};

export const cookieOf = (cart: number): string => `PrestaShop-5ca1ab1e=${encodeURIComponent(`id_cart=${cart}`)}`;

const modulePage = (module: string, controller: string, more = ''): string =>
  `index.php?fc=module&module=${module}&controller=${controller}${more}`;

/** The shopper of a cart, in the browser. */
export const shopperOf = (shop: Shop, cart: number) => {
  const see = (query: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> =>
    visit(shop, query, { cookie: cookieOf(cart), headers });
  return {
    see,
    paymentStep: () => see('index.php?controller=order'),
    /** By wire or cheque: the order is made, the money comes later. */
    pay: (module = 'ps_wirepayment', headers: Readonly<Record<string, string>> = {}) =>
      see(modulePage(module, 'validation'), headers),
    /** Back from the card's provider: the money has moved. */
    comeBack: () => see(modulePage('cardgateway', 'return')),
    /** The card module's page about a payment. */
    seeStatus: () => see(modulePage('cardgateway', 'status')),
    payNothing: () => see('index.php?controller=order-confirmation&free_order=1'),
    die: (by: string) => see(modulePage('cardgateway', 'die', `&by=${by}`)),
  };
};

/** The card provider's server, which has no cookie. */
export const callback = (shop: Shop, cart: number): Promise<Page> =>
  visit(shop, modulePage('cardgateway', 'notify', `&cart=${cart}`));

export type Wanted = { readonly product: number; readonly quantity: number; readonly combination?: number };

let cartsFilled = 0;

/** A new cart. Its id. */
export const fill = async (shop: Shop, wanted: readonly Wanted[], packages = 1): Promise<number> => {
  cartsFilled += 1;
  const cart = cartsFilled;
  const lines = wanted.map(
    ({ product, quantity, combination = 0 }) => `(${cart}, ${product}, ${combination}, ${quantity})`,
  );
  await shop.sql(
    `INSERT INTO ps_cart (id_cart, packages) VALUES (${cart}, ${packages})`,
    `INSERT INTO ps_cart_product (id_cart, id_product, id_product_attribute, quantity) VALUES ${lines.join(', ')}`,
  );
  return cart;
};

/** A product of the shop with its stock row. */
export const offer = async (shop: Shop, product: number, reference: string, quantity: number): Promise<void> => {
  const name = `Product <${product}>`;
  await shop.sql(
    `INSERT INTO ps_product (id_product, reference) VALUES (${product}, '${reference}')`,
    `INSERT INTO ps_product_shop (id_product, id_shop) VALUES (${product}, 1)`,
    `INSERT INTO ps_product_lang (id_product, id_shop, id_lang, name) VALUES (${product}, 1, 1, '${name}')`,
    `INSERT INTO ps_stock_available (id_product, quantity) VALUES (${product}, ${quantity})`,
  );
};

export const ordersOf = async (shop: Shop, ...carts: readonly number[]): Promise<number> =>
  (await shop.sql(`SELECT id_order FROM ps_orders WHERE id_cart IN (${carts.join(', ')})`)).length;

export const rowOf = async (shop: Shop, product: number): Promise<number> => {
  const [row] = await shop.sql(`SELECT quantity FROM ps_stock_available WHERE id_product = ${product}`);
  return Number(row?.['quantity']);
};
