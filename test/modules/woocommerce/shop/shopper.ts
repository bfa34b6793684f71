import type { Shop } from './shop.js';

/** What a checkout answered. `order` is the one that it made or led to; `said` why it made none. */
export type Answer = {
  readonly status: number;
  readonly order: number | undefined;
  readonly leadsTo: string;
  readonly said: string;
  readonly body: unknown;
};

export type Method = 'bacs' | 'card' | 'offsite';
export type Kind = 'classic' | 'block';

type Told = {
  readonly order_id?: number;
  readonly redirect?: string;
  readonly messages?: string;
  readonly message?: string;
  readonly payment_result?: { readonly redirect_url: string };
};

const call = async (shop: Shop, path: string, init: RequestInit, session: string): Promise<Answer> => {
  const headers = { ...(init.headers as Record<string, string>), cookie: cookieOf(session), connection: 'close' };
  const response = await fetch(`${shop.next()}${path}`, { ...init, headers, redirect: 'manual' });
  const body = JSON.parse(await response.text()) as Told;
  return {
    ...{ status: response.status, order: body.order_id, body },
    leadsTo: body.redirect ?? body.payment_result?.redirect_url ?? '',
    said: body.messages ?? body.message ?? '',
  };
};

const cookieOf = (session: string): string => `wp_woocommerce_session=${session}`;

const json = { 'content-type': 'application/json' };
const blockPath = '/wp-json/wc/store/v1/checkout';

/** The shopper of a session, in a browser. */
export const shopperOf = (shop: Shop, session: string) => {
  const classic = (method: Method): Promise<Answer> =>
    call(
      shop,
      '/?wc-ajax=checkout',
      { method: 'POST', body: new URLSearchParams({ payment_method: method }) },
      session,
    );
  const block = (method: Method): Promise<Answer> =>
    call(shop, blockPath, { method: 'POST', headers: json, body: JSON.stringify({ payment_method: method }) }, session);
  return {
    order: (kind: Kind, method: Method = 'bacs') => (kind === 'classic' ? classic(method) : block(method)),
    /** The block checkout, opened: the shop writes a draft. */
    openBlock: () => call(shop, blockPath, { method: 'GET' }, session),
    /** A page of the shop, as text. */
    see: async (page: string) =>
      (await fetch(`${shop.next()}/${page}/`, { headers: { cookie: cookieOf(session) } })).text(),
  };
};

export type Wanted = { readonly product: number; readonly quantity: number };

let sessionsMade = 0;

/** Puts a cart into a session. */
export const fill = async (shop: Shop, session: string, wanted: readonly Wanted[]): Promise<void> => {
  const cart = wanted.map(({ product, quantity }) => ({ id: product, quantity }));
  const [kept] = await shop.sql(`SELECT session_value FROM wp_woocommerce_sessions WHERE session_key = '${session}'`);
  const data = kept === undefined ? {} : (JSON.parse(String(kept['session_value'])) as object);
  const value = JSON.stringify({ ...data, cart });
  await shop.sql(`REPLACE INTO wp_woocommerce_sessions VALUES ('${session}', '${value}')`);
};

/** A new shopper with a cart. The name of the session. */
export const enter = async (shop: Shop, wanted: readonly Wanted[]): Promise<string> => {
  sessionsMade += 1;
  const session = `t_${String(sessionsMade).padStart(30, '0')}`;
  await fill(shop, session, wanted);
  return session;
};

export type Offered = {
  readonly sku: string;
  readonly quantity: number;
  /** Of a variation: its product. */
  readonly parent?: number;
  /** Not by itself. */
  readonly managed?: boolean;
};

/** A product of the shop, or a variation. */
export const offer = async (shop: Shop, id: number, offered: Offered): Promise<void> => {
  const { sku, quantity, parent = 0, managed = true } = offered;
  const type = parent === 0 ? 'product' : 'product_variation';
  const metas = [
    `(${id}, '_sku', '${sku}')`,
    `(${id}, '_stock', '${quantity}')`,
    `(${id}, '_manage_stock', '${managed ? 'yes' : 'no'}')`,
  ];
  await shop.sql(
    `INSERT INTO wp_posts (ID, post_type, post_parent, post_title) VALUES (${id}, '${type}', ${parent}, 'Product <${id}>')`,
    `INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES ${metas.join(', ')}`,
  );
};

/** Orders of these sessions, drafts left out, as they stand. */
export const ordersOf = async (shop: Shop, ...sessions: readonly string[]) =>
  shop.sql(
    `SELECT id, status FROM wp_wc_orders WHERE status <> 'wc-checkout-draft' AND session_key IN (${sessions.map((session) => `'${session}'`).join(', ')}) ORDER BY id`,
  );

export const stockOf = async (shop: Shop, product: number): Promise<number> => {
  const [row] = await shop.sql(`SELECT meta_value FROM wp_postmeta WHERE meta_key = '_stock' AND post_id = ${product}`);
  return Number(row?.['meta_value']);
};
