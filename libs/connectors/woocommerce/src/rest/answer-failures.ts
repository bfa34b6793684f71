import { failureOfServer, type HttpAnswer, jsonOf } from '#shop-http';
import { type Failure, type FailureKind } from './failure.js';

/** A refusal as WordPress writes it. */
type Said = { readonly code: string; readonly message: string };

type Reading = { readonly kind: FailureKind; readonly sentence: string };

const saidIn = (body: string): Said | undefined => {
  const json = jsonOf(body);
  if (json.kind === 'failed' || typeof json.value !== 'object' || json.value === null) return undefined;
  const { code, message } = json.value as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : undefined;
};

const inWords = ({ code, message }: Said): string => ` It says: ${message} (${code}).`;

/** Without TLS, and without the header, the shop takes nobody for somebody: it speaks of rights where it saw no key. */
const unauthorized = (said: Said | undefined): Reading => {
  if (said === undefined)
    return { kind: 'key', sentence: 'The site has a password of its own before the shop: let /wp-json/ pass.' };
  if (said.message.includes('permissions'))
    return { kind: 'rights', sentence: `Give the key the permissions Read/Write in WooCommerce.${inWords(said)}` };
  return {
    kind: 'key',
    sentence: `The shop does not know the key, or its secret is another one, or it may not do this, or the request did not reach the shop over https, or its server keeps the Authorization header from PHP.${inWords(said)}`,
  };
};

const forbidden = (said: Said | undefined): Reading =>
  said === undefined
    ? { kind: 'blocked', sentence: 'A firewall or proxy before the shop refuses the request: let /wp-json/ pass.' }
    : { kind: 'rights', sentence: `The key's user must be one that may manage the shop.${inWords(said)}` };

/** Of a product that is a variation the code is turned about. */
const isOfId = ({ code }: Said): boolean => /(?:_invalid_id|_invalid_product_id)$/u.test(code);

const missing = (said: Said | undefined): Reading => {
  if (said === undefined)
    return {
      kind: 'not_json',
      sentence: 'No REST interface answers at this address: check the path, and that permalinks are not plain.',
    };
  if (isOfId(said)) return { kind: 'not_found', sentence: `The shop has no such thing.${inWords(said)}` };
  return said.code === 'rest_no_route'
    ? { kind: 'api_off', sentence: `Switch the plugin WooCommerce on in WordPress.${inWords(said)}` }
    : { kind: 'blocked', sentence: `A plugin of the shop keeps its interface from us.${inWords(said)}` };
};

const refused = (said: Said | undefined, status: number): Reading =>
  said === undefined
    ? { kind: 'blocked', sentence: `A server before the shop refuses the request with status ${status}.` }
    : { kind: 'refused', sentence: `The shop refuses the request.${inWords(said)}` };

/** None of these is written before it is refused: values are looked at first, and a batch refuses row by row. */
const readingOf = (status: number, said: Said | undefined): Reading | undefined => {
  switch (status) {
    case 400:
    case 413:
      return refused(said, status);
    case 401:
      return unauthorized(said);
    case 403:
      return forbidden(said);
    case 404:
      return missing(said);
    default:
      return undefined;
  }
};

/** What an answer without success means, measured on 10.5.2 where the shop wrote it. */
export const failureOfAnswer = ({ status, header, body }: HttpAnswer): Failure => {
  const said = saidIn(body);
  const reading = readingOf(status, said);
  return {
    ...(reading === undefined
      ? failureOfServer({ status, location: header('location'), retryAfter: header('retry-after') })
      : { ...reading, applied: 'no', status }),
    ...(said !== undefined && { code: said.code }),
  };
};
