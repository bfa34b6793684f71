import { isIPv4 } from 'node:net';

/** How a shop is reached, and which of an installation it is. `url` ends with a slash; the webservice is below it at `api/`. */
export type PrestashopSettings = { readonly url: string; readonly shopId?: number };

type Verdict =
  | { readonly kind: 'fit'; readonly settings: PrestashopSettings }
  | { readonly kind: 'unfit'; readonly field: string; readonly detail: string };

const unfit = (field: string, detail: string): Verdict => ({ kind: 'unfit', field, detail });

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));

const addressProblem = (url: unknown): string | undefined => {
  if (typeof url !== 'string' || url.length > 300 || !URL.canParse(url)) return 'must be like https://shop.example/';
  const address = new URL(url);
  if (address.protocol !== 'https:' && !(address.protocol === 'http:' && isLoopback(address)))
    return 'must begin with https: whoever reads the key on its way can write to the shop. Http is for tests on this machine';
  if (address.username !== '' || address.password !== '')
    return 'must have no name or password: secrets are given apart';
  return address.search === '' && address.hash === '' ? undefined : 'must end with its path';
};

const known = new Set(['url', 'shopId']);

/** Says which field a shop cannot be reached with, and what to do. */
export const judgePrestashopSettings = (given: Readonly<Record<string, unknown>>): Verdict => {
  const stranger = Object.keys(given).find((name) => !known.has(name));
  if (stranger !== undefined) return unfit(stranger, `is no setting of a PrestaShop: ${[...known].join(', ')} are`);
  const { url, shopId } = given;
  const problem = addressProblem(url);
  if (problem !== undefined) return unfit('url', problem);
  if (shopId !== undefined && !(Number.isSafeInteger(shopId) && Number(shopId) > 0 && Number(shopId) < 2 ** 31))
    return unfit('shopId', 'must be the number of a shop of the installation: 1');
  return {
    kind: 'fit',
    settings: { url: String(url).replace(/\/*$/u, '/'), ...(shopId !== undefined && { shopId: Number(shopId) }) },
  };
};
