import { type Given, type Unfit, unfit } from '#channel-kit';

/** Whether an address is of this machine. */
export const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);

const urlCharactersMax = 500;

const urlOf = (value: unknown): URL | undefined =>
  typeof value === 'string' && value.length <= urlCharactersMax && URL.canParse(value) ? new URL(value) : undefined;

/**
 * What is wrong with the address of a shop as a person gives it, and what to do; undefined: nothing.
 *
 * @param allowHttp whether the key may travel in clear to another machine
 */
export const addressUnfit = (value: unknown, allowHttp: boolean): string | undefined => {
  const url = urlOf(value);
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    return 'Give the address of the shop, such as https://shop.example.';
  if (url.username !== '' || url.password !== '')
    return 'Leave user and password out of the address: the key is given apart.';
  if (url.search !== '' || url.hash !== '') return 'Give the address of the shop alone, without ? and #.';
  return url.protocol === 'https:' || allowHttp || isLoopback(url)
    ? undefined
    : 'The key would travel in clear: use https, or say allowHttp for a shop in a network of your own.';
};

/** The same of settings: what is wrong with their `url`, where a person has not said `allowHttp`. */
export const urlUnfit = ({ url, allowHttp }: Given): Unfit | undefined => {
  const detail = addressUnfit(url, allowHttp === true);
  return detail === undefined ? undefined : unfit('url', detail);
};
