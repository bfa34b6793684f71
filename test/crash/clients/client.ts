import type { LedgerService } from '../service/ledger-service.js';
import type { Books, Proof, Request } from './books.js';
import { nextErrand, type Errand, type Shop } from './errands.js';
import type { Rolls } from './rolls.js';

/** What came back. `unanswered`: nobody knows, or not now; the same request is sent again. */
type Answer =
  | { readonly kind: 'acknowledged'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'unanswered'; readonly code: string };

/** Shared by all clients of a run. */
export type Tally = {
  acknowledged: number;
  refused: number;
  /** Sent again because nobody answered, and although somebody had. */
  resent: number;
  repeated: number;
  readonly codes: Map<string, number>;
  /** Answers that no client should ever get. */
  readonly faults: string[];
};

export const openTally = (): Tally => ({
  ...{ acknowledged: 0, refused: 0, resent: 0, repeated: 0 },
  codes: new Map(),
  faults: [],
});

/** Where requests go: a service, or several of which any may answer. */
export type Served = Pick<LedgerService, 'up' | 'url' | 'key'>;

export type ClientParts = {
  readonly service: Served;
  readonly shop: Shop;
  readonly books: Books;
  readonly rolls: Rolls;
  readonly tally: Tally;
};

const answerMillisMax = 30_000;
/** So much of what is acknowledged is sent once more. */
const repeatChance = 0.1;
/** What a shop that sells out refuses all the time. Anything else refused is a fault. */
const expectedRefusals = new Set(['insufficient', 'reservation_not_found', 'unknown_sku']);

/** Sends errand after errand, each until it is answered, while `goesOn`. */
export const runClient = async (parts: ClientParts, goesOn: () => boolean): Promise<void> => {
  const { books, rolls, shop } = parts;
  for (let number = 1; goesOn(); number++) {
    const errand = nextErrand({ shop, books, rolls, number });
    const answer = await runErrand(parts, errand);
    if (answer.kind === 'acknowledged' && rolls.chance(repeatChance)) await repeat(parts, errand);
  }
};

const runErrand = async (parts: ClientParts, { request, proof, enter }: Errand): Promise<Decided> => {
  const { books, tally } = parts;
  const answer = await insist(parts, request);
  if (answer.kind === 'acknowledged') {
    tally.acknowledged += 1;
    enter(books);
    books.acknowledged.push({ request, proof });
    noteEvents(books, answer.body);
  } else {
    tally.refused += 1;
    count(tally, answer.code);
    if (!expectedRefusals.has(answer.code)) tally.faults.push(`${request.id}: ${answer.status} ${answer.code}`);
  }
  return answer;
};

/**
 * Again, with the same id, although it has been acknowledged: nothing may come of it. This one, or one of long ago whose
 * content has its own version.
 */
const repeat = async (parts: ClientParts, errand: Errand): Promise<void> => {
  const { books, rolls, tally } = parts;
  const earlier = rolls.pick(books.acknowledged);
  const request = earlier && isVersioned(earlier.proof) ? earlier.request : errand.request;
  const answer = await insist(parts, request);
  tally.repeated += 1;
  if (answer.kind === 'refused') tally.faults.push(`${request.id} again: ${answer.status} ${answer.code}`);
};

const isVersioned = ({ kind }: Proof): boolean => kind === 'fact' || kind === 'order';

type Decided = Exclude<Answer, { kind: 'unanswered' }>;

const insist = async (parts: ClientParts, request: Request): Promise<Decided> => {
  const { service, tally } = parts;
  for (;;) {
    await service.up();
    const answer = await send(service, request);
    if (answer.kind !== 'unanswered') return answer;
    tally.resent += 1;
    count(tally, answer.code);
    if (answer.code === 'internal') tally.faults.push(`${request.id}: ${answer.code}`);
  }
};

const count = ({ codes }: Tally, code: string): void => void codes.set(code, (codes.get(code) ?? 0) + 1);

const send = async (service: Served, { id, method, path, body, guardedById }: Request): Promise<Answer> => {
  try {
    const answer = await fetch(`${service.url()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${service.key()}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(guardedById && { 'idempotency-key': id }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMillisMax),
    });
    return answerOf(answer.status, (await answer.json()) as { code?: string });
  } catch (error) {
    return { kind: 'unanswered', code: error instanceof Error ? error.name : 'error' };
  }
};

const answerOf = (status: number, body: { readonly code?: string }): Answer => {
  const { code = String(status) } = body;
  if (status === 200) return { kind: 'acknowledged', body };
  return status === 429 || status >= 500 ? { kind: 'unanswered', code } : { kind: 'refused', status, code };
};

type ShownEvent = { readonly eventId: string; readonly revision: number; readonly type: string };

const noteEvents = ({ eventsSeen }: Books, body: unknown): void => {
  const { events = [] } = body as { events?: readonly ShownEvent[] };
  for (const { eventId, revision, type } of events) eventsSeen.set(eventId, { revision, type });
};
