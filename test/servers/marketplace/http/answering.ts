import type { Marketplace } from '../market/marketplace.js';
import type { Fault, FaultBook, Resource } from './faults.js';
import type { Allowance } from './limits.js';
import { problem, type Reply } from './problem.js';
import { routeOf, type Request } from './routes.js';

/** What goes back over the connection. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly kind: 'truncated'; readonly status: number; readonly body: string; readonly bytes: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

type Headers = Readonly<Record<string, string>>;

export type Site = {
  readonly market: Marketplace;
  readonly keys: ReadonlySet<string>;
  readonly faults: FaultBook;
  readonly allow: (resource: Resource) => Allowance;
};

export type Answered = { readonly resource: Resource | undefined; readonly outcome: Outcome };

const mediaType = 'application/vnd.retailer.v10+json';

const answerWith = ({ status, body }: Reply, headers: Headers = {}): Extract<Outcome, { kind: 'answer' }> => ({
  kind: 'answer',
  status,
  headers: { 'content-type': status >= 400 ? 'application/problem+json' : mediaType, ...headers },
  body: JSON.stringify(body),
});

/** A request with the limits and faults that it meets. */
export const answerRequest = async (
  request: Request & { readonly authorization: string | undefined },
  { market, keys, faults, allow }: Site,
): Promise<Answered> => {
  const route = routeOf(market, request);
  if (route === undefined) return { resource: undefined, outcome: answerWith(problem(404, 'No such page.')) };
  const { resource } = route;
  const met = faults.take({ resource, method: request.method });
  const instead = met.map(insteadOf).find((outcome) => outcome !== undefined);
  if (instead !== undefined) return { resource, outcome: instead };
  if (!keys.has(request.authorization?.replace(/^Bearer /u, '') ?? ''))
    return { resource, outcome: answerWith(problem(401, 'The token is not valid.')) };
  const { allowed, headers } = allow(resource);
  if (!allowed) return { resource, outcome: answerWith(problem(429, 'Too many requests.'), headers) };
  const answer: Outcome = answerWith(route.answer(), headers);
  for (const fault of met) if (fault.kind === 'slow') await sleepMs(fault.ms);
  return { resource, outcome: met.reduce(spoil, answer) };
};

/** Keeps no process alive that has nothing else to do. */
const sleepMs = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

/** What a fault answers without asking the marketplace. */
const insteadOf = (fault: Fault): Outcome | undefined => {
  if (fault.kind === 'silence' && !fault.commits) return { kind: 'silence' };
  if (fault.kind === 'reset' && !fault.commits) return { kind: 'reset' };
  if (fault.kind === 'away') return { kind: 'answer', status: fault.status, headers: {}, body: '' };
  const html = '<!DOCTYPE html>\n<html><body><h1>Something went wrong</h1></body></html>\n';
  return fault.kind === 'html'
    ? { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: html }
    : undefined;
};

/** What becomes of a good answer. */
const spoil = (outcome: Outcome, fault: Fault): Outcome => {
  if (outcome.kind !== 'answer') return outcome;
  switch (fault.kind) {
    case 'silence':
    case 'reset':
      return { kind: fault.kind };
    case 'error_after_commit':
      return { kind: 'answer', status: 500, headers: {}, body: '' };
    case 'truncate':
      return { kind: 'truncated', status: outcome.status, body: outcome.body, bytes: fault.bytes };
    case 'slow':
    case 'away':
    case 'html':
      return outcome;
  }
};
