import type { Context } from '../shop/context.js';
import { noRoute } from './errors.js';
import { shownStatuses } from './orders.js';
import { allowed } from './products.js';
import type { Found, RestRequest } from './types.js';

const titleOf = (status: string): string =>
  status
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ');

/** `/reports/orders/totals`: the statuses that the shop has, with how many orders are in each. @throws RestError */
export const reports = ({ orders }: Context, { method, path }: RestRequest): Found => {
  if (method !== 'GET' || path.join('/') !== 'reports/orders/totals') throw noRoute();
  const all = [...orders.values()].map(({ status }) => status);
  const statuses = new Set([
    ...shownStatuses,
    ...all.filter((status) => status !== 'trash' && status !== 'auto-draft'),
  ]);
  const body = [...statuses].map((slug) => ({
    ...{ slug, name: titleOf(slug), total: all.filter((status) => status === slug).length },
  }));
  return { status: 200, body, allow: allowed.read };
};
