import type { Context } from '../shop/context.js';
import { noRoute, RestError, refusalOf } from './errors.js';
import { authenticate, type RestKey } from './keys.js';
import { onlyFields } from './lists.js';
import { orders } from './orders.js';
import { reports } from './reports.js';
import { allowed, products, variations } from './products.js';
import type { Found, RestAnswer, RestRequest } from './types.js';

/** A shop behind its API. */
export type Rest = {
  readonly context: Context;
  /** By consumer key. */
  readonly keys: ReadonlyMap<string, RestKey>;
  /** What the shop believes its address to be, without a slash at its end. */
  readonly base: string;
};

const json = 'application/json; charset=UTF-8';

/** Answers a request to `/wp-json/wc/v3`. */
export const handle = async (request: RestRequest, rest: Rest): Promise<RestAnswer> => {
  const link = `<${rest.base}/wp-json/>; rel="https://api.w.org/"`;
  const { isKnown, found } = await answered(request, rest);
  return {
    status: found.status,
    headers: {
      ...{ 'content-type': json, link },
      ...found.headers,
      ...(found.allow !== undefined && { allow: found.allow }),
      ...(isKnown
        ? { 'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private' }
        : { vary: 'Origin' }),
    },
    body: found.status < 400 ? onlyFields(request, found.body) : found.body,
  };
};

/** Known is whom WordPress takes for somebody. */
const answered = async (
  request: RestRequest,
  rest: Rest,
): Promise<{ readonly isKnown: boolean; readonly found: Found }> => {
  try {
    authenticate(request, rest.keys);
  } catch (error) {
    return { isKnown: isKnown(error), found: refusedBy(error, undefined) };
  }
  try {
    return { isKnown: true, found: await routed(request, rest) };
  } catch (error) {
    return { isKnown: true, found: refusedBy(error, allowOf(request, error)) };
  }
};

const refusedBy = (error: unknown, allow: string | undefined): Found => {
  if (!(error instanceof RestError)) throw error;
  return refusalOf(error, allow);
};

/** A key without the right, and a user without it, are known. */
const isKnown = (error: unknown): boolean =>
  error instanceof RestError && (error.status === 403 || error.message.includes('permissions'));

const routed = (request: RestRequest, { context, base }: Rest): Found | Promise<Found> => {
  const [first, second] = request.path;
  if (first === 'products') return products(context, request, base);
  if (first === 'variations' && second === undefined) return variations(context, request, base);
  if (first === 'reports') return reports(context, request);
  if (first === 'orders') return orders(context, request, base);
  throw noRoute();
};

/** Refusals before the route's own check of rights say nothing of what it allows. */
const allowOf = ({ path }: RestRequest, error: unknown): string | undefined => {
  if (error instanceof RestError && hidesRoute(error)) return undefined;
  if (path.at(-1) === 'batch') return allowed.batch;
  return path.length % 2 === 0 ? allowed.one : allowed.list;
};

const hidesRoute = ({ code }: RestError): boolean =>
  ['rest_no_route', 'internal_server_error', 'woocommerce_rest_product_variation_invalid_id'].includes(code);
