import type { EventStore } from '#event-sourcing';
import { createDatabase } from '#testing/postgres';
import { readConfig, silentLogger, type Logger } from '#platform';
import { startStandalone, type Extras, type Standalone } from '#apps/standalone';
import { engineFor } from './engine.js';
import { asBatch, asKey } from './views.js';

/** An answer with its body read; JSON where it is JSON. Tests look into it through `views.ts`. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
};

export type CallOptions = {
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, whatever it is; else `body` as JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly body?: unknown;
};

/** A ledger that listens on a free port, with its own database, and a client that knows the operator's key. */
export type LedgerServer = Pick<Standalone, 'url' | 'services'> & {
  readonly operatorKey: string;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** The answer's body; fails when it is no 200. */
  readonly ok: (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<unknown>;
  /** The position of the last event in the log. */
  readonly head: () => Promise<string | undefined>;
  /** How many events the log has: positions may have gaps. */
  readonly events: () => Promise<number>;
  /** Resolves when the read side knows everything that the log has now. */
  readonly caughtUp: () => Promise<void>;
  readonly keyFor: (connection: string, ...scopes: readonly string[]) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** A machine that does much else drops some requests undecided; a ledger whose store is away goes on doing so. */
const triesMax = 10;

/** Asks again what was not decided in time, as every client of the API does. */
export const jsonCall = async (url: string, method: string, path: string, options: CallOptions): Promise<Answer> => {
  for (let left = triesMax - 1; ; left -= 1) {
    const answer = await callOnce(url, method, path, options);
    if (left === 0 || !isUndecided(answer)) return answer;
  }
};

const isUndecided = ({ status, body }: Answer): boolean =>
  status === 503 && (body as { readonly code?: unknown }).code === 'deadline_exceeded';

const callOnce = async (url: string, method: string, path: string, options: CallOptions): Promise<Answer> => {
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.key !== undefined && { authorization: `Bearer ${options.key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
};

type Start = {
  readonly databaseUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly logger?: Logger;
  readonly extras?: Extras;
};

export const startServer = async ({
  databaseUrl,
  env = {},
  logger = silentLogger,
  extras = {},
}: Start = {}): Promise<LedgerServer> => {
  const database = databaseUrl === undefined ? await createDatabase() : undefined;
  const url = databaseUrl ?? database?.url ?? '';
  const config = readConfig({ DATABASE_URL: url, PORT: '0', ...engineFor(url), ...env });
  const standalone = await startStandalone(config, logger, extras);
  const { url: baseUrl, services, firstKey: operatorKey = '' } = standalone;
  const call: LedgerServer['call'] = (method, path, options = {}) =>
    jsonCall(baseUrl, method, path, { key: operatorKey, ...options });
  const ok: LedgerServer['ok'] = async (method, path, body, options = {}) => {
    const answer = await call(method, path, { ...options, ...(body !== undefined && { body }) });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  return {
    url: baseUrl,
    services,
    operatorKey,
    call,
    ok,
    head: () => services.store.head(),
    events: () => countEvents(services.store),
    caughtUp: async () => {
      const head = await services.store.head();
      if (head !== undefined) await services.availability.caughtUpTo(head);
    },
    keyFor: async (connection, ...scopes) => asKey(await ok('POST', '/v1/keys', { connection, scopes })).key,
    stop: async () => {
      await standalone.stop();
      await database?.drop();
    },
  };
};

const countEvents = async (store: EventStore): Promise<number> => {
  const head = await store.head();
  if (head === undefined) return 0;
  const enough = new AbortController();
  let count = 0;
  for await (const { events, after } of store.subscribe(undefined, { signal: enough.signal })) {
    count += events.filter(({ position }) => position <= head).length;
    if (after >= head) enough.abort();
  }
  return count;
};

/** Sends movements until each is taken: on a machine that does much else some are not decided in time. @throws what none mends */
export const reportAll = async (server: LedgerServer, items: readonly object[]): Promise<void> => {
  for (let left = items; left.length > 0;) {
    const { outcomes } = asBatch(await server.ok('POST', '/v1/movements/batch', { items: left }));
    const lost = outcomes.find(({ status }) => ![200, 429, 503].includes(status));
    if (lost !== undefined) throw new Error(JSON.stringify(lost));
    left = left.filter((_, index) => outcomes[index]?.status !== 200);
  }
};

/** One location `wh1`, one channel `web` that sells from it, both of the operator; SKU `A` with 10 units. */
export const setUpShop = async (server: LedgerServer): Promise<void> => {
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'operator', locations: ['wh1'] });
  await server.ok('POST', '/v1/movements', receipt());
};

export const receipt = (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  kind: 'receipt',
  sku: 'A',
  location: 'wh1',
  quantity: 10,
  sourceKey: 'opening-A',
  ...more,
});
