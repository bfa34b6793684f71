import { type ConnectionOptions, type JsonClient, jsonClient, listsBy } from '#shop-http';
import { type Failure, failureOfAnswer } from './failure.js';

/** `base` is the address of the interface: `https://shop.example/wp-json/wc/v3/`. */
export type ClientOptions = ConnectionOptions & { readonly key: string; readonly secret: string };

export type Client = JsonClient<Failure>;

/** A client of REST v3. The key goes in the header, never into an address. */
export const restClient = ({ key, secret, ...options }: ClientOptions): Client => {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return jsonClient({ ...options, authorization }, failureOfAnswer);
};

/** What the shop gives at once. */
export const pageRowsMax = 100;

export const { readRows, readAllRows } = listsBy({ rowsMax: pageRowsMax, rowsName: 'per_page', pageName: 'page' });
