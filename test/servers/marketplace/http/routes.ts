import type { Marketplace } from '../market/marketplace.js';
import type { WholeOrder } from '../market/orders.js';
import type { ProcessRow } from '../market/rows.js';
import type { Resource } from './faults.js';
import { problem, type Reply } from './problem.js';
import { offerJson, orderJson, processJson, reducedOrderJson } from './representations.js';

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Undefined: none, or no JSON. */
  readonly body: unknown;
};

export type Route = { readonly resource: Resource; readonly answer: () => Reply };

type Handler = (market: Marketplace, request: Request, id: string) => Reply;

const pageSize = 50;
const amountMax = 999;
const queriesMax = 1_000;
const intervalMinutesMax = 60;
const minuteMillis = 60_000;

const ok = (body: object): Reply => ({ status: 200, body });

const pageOf = ({ query }: Request): number => Math.max(1, Number(query.get('page') ?? 1) || 1);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const accepted = (process: ProcessRow | undefined, what: string): Reply =>
  process === undefined ? problem(404, `${what} does not exist.`) : { status: 202, body: processJson(process) };

const listOffers: Handler = ({ offers }, request) =>
  ok({ offers: offers.page(pageOf(request), pageSize).map(offerJson) });

const showOffer: Handler = ({ offers }, _, id) => {
  const offer = offers.find(id);
  return offer === undefined ? problem(404, `Offer ${id} does not exist.`) : ok(offerJson(offer));
};

/** At once, and only where the seller knows what is shown. */
const setWhere = ({ offers }: Marketplace, body: unknown, id: string, amount: number): Reply => {
  const expected = field(body, 'expectedAmount');
  if (typeof expected !== 'number' || !Number.isInteger(expected))
    return problem(400, 'Bad request', [{ name: 'expectedAmount', reason: 'It is the whole number that is shown.' }]);
  const done = offers.setWhere(id, expected, amount);
  if (done === undefined) return problem(404, `Offer ${id} does not exist.`);
  const { isSet, offer } = done;
  if (isSet) return ok(offerJson(offer));
  const conflict = problem(409, `Offer ${id} shows ${offer.amount}, not ${expected}.`);
  return { ...conflict, body: { ...conflict.body, amount: offer.amount } };
};

const setStock: Handler = (market, { body }, id) => {
  const amount = field(body, 'amount');
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 0 || amount > amountMax)
    return problem(400, 'Bad request', [{ name: 'amount', reason: `It is a whole number from 0 to ${amountMax}.` }]);
  if (field(body, 'managedByRetailer') !== true)
    return problem(400, 'Bad request', [{ name: 'managedByRetailer', reason: 'This marketplace knows true alone.' }]);
  return market.countsDown
    ? setWhere(market, body, id, amount)
    : accepted(market.offers.setStock(id, amount), `Offer ${id}`);
};

/** From when on a list of orders tells of changes; undefined: the question says it in no way that is known. */
const momentOf = ({ query }: Request, now: number): number | undefined => {
  const minutes = query.get('change-interval-minute');
  const date = query.get('latest-change-date');
  if (date !== null) return /^\d{4}-\d{2}-\d{2}$/u.test(date) ? Date.parse(date) : undefined;
  const count = Number(minutes);
  const isFit = Number.isInteger(count) && count >= 1 && count <= intervalMinutesMax;
  return isFit ? now - count * minuteMillis : undefined;
};

const pageOfOrders = (market: Marketplace, request: Request, all: readonly WholeOrder[]): Reply => {
  const page = pageOf(request);
  const orders = all.slice((page - 1) * pageSize, page * pageSize);
  return ok(orders.length === 0 ? {} : { orders: orders.map((order) => reducedOrderJson(market, order)) });
};

/** Without a time, those that are open. */
const listOrders: Handler = (market, request) => {
  const isOpen = request.query.get('status') === 'OPEN' && !request.query.has('change-interval-minute');
  if (isOpen) return pageOfOrders(market, request, market.orders.open());
  const moment = momentOf(request, market.now());
  if (moment === undefined)
    return problem(400, 'Bad request', [
      { name: 'change-interval-minute', reason: `Give 1 to ${intervalMinutesMax} minutes, or latest-change-date.` },
    ]);
  return pageOfOrders(market, request, market.orders.changedSince(moment));
};

const showOrder: Handler = (market, _, id) => {
  const order = market.orders.find(id);
  return order === undefined ? problem(404, `Order ${id} does not exist.`) : ok(orderJson(market, order));
};

const cancel: Handler = ({ orders }, { body }) => {
  const items = field(body, 'orderItems');
  if (!Array.isArray(items) || items.length !== 1)
    return problem(400, 'Bad request', [{ name: 'orderItems', reason: 'It names exactly one item.' }]);
  const item = String(field(items[0], 'orderItemId'));
  return accepted(orders.askToCancel(item), `Item ${item}`);
};

const showProcess: Handler = ({ processes }, _, id) => {
  const process = processes.find(id);
  return process === undefined ? problem(404, `Process ${id} is not known.`) : ok(processJson(process));
};

const showProcesses: Handler = ({ processes }, { body }) => {
  const queries = field(body, 'processStatusQueries');
  if (!Array.isArray(queries) || queries.length < 1 || queries.length > queriesMax)
    return problem(400, 'Bad request', [{ name: 'processStatusQueries', reason: `1 to ${queriesMax} of them.` }]);
  const found = queries.flatMap((query) => processes.find(String(field(query, 'processStatusId'))) ?? []);
  return ok({ processStatuses: found.map(processJson) });
};

const routes: readonly (readonly [method: string, path: RegExp, resource: Resource, handler: Handler])[] = [
  ['GET', /^\/retailer\/offers$/u, 'offers', listOffers],
  ['GET', /^\/retailer\/offers\/([^/]+)$/u, 'offers', showOffer],
  ['PUT', /^\/retailer\/offers\/([^/]+)\/stock$/u, 'stock', setStock],
  ['GET', /^\/retailer\/orders$/u, 'orders', listOrders],
  ['PUT', /^\/retailer\/orders\/cancellation$/u, 'cancellation', cancel],
  ['GET', /^\/retailer\/orders\/([^/]+)$/u, 'orders', showOrder],
  ['GET', /^\/shared\/process-status\/([^/]+)$/u, 'process-status', showProcess],
  ['POST', /^\/shared\/process-status$/u, 'process-status', showProcesses],
];

/** What a request is about, and its answer once that is asked for. */
export const routeOf = (market: Marketplace, request: Request): Route | undefined => {
  for (const [method, path, resource, handler] of routes) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match !== null) return { resource, answer: () => handler(market, request, match[1] ?? '') };
  }
  return undefined;
};
