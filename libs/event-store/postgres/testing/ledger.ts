import { createHash } from 'node:crypto';
import {
  type ChainHead,
  type Digest,
  emptyChain,
  type EventMetadata,
  type EventStore,
  seal,
  type SealedEvent,
  type Write,
} from '#event-sourcing';
import { type Client, createPool, type Pool, provision } from '#postgres';
import { createPostgresEventStore, type PostgresEventStore } from '../src/event-store.js';
import { ledgerModule } from '../src/ledger-module.js';

/** A database with the log in it, the owner's and the service's way to it, and a store. */
export type Ledger = {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  readonly owner: Pool;
  readonly service: Pool;
  readonly store: PostgresEventStore;
  readonly drop: () => Promise<void>;
};

/** @param database an empty one, which goes with the ledger */
export const createLedger = async (database: Pick<Ledger, 'drop'> & { readonly url: string }): Promise<Ledger> => {
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [ledgerModule] });
  const owner = createPool({ url: database.url, applicationName: 'test owner', max: 4 });
  const service = createPool({ url: serviceUrl, applicationName: 'test service', max: 4 });
  const store = createPostgresEventStore({ url: serviceUrl, applicationName: 'test' });
  const drop = async (): Promise<void> => {
    await Promise.all([store.close(), owner.end(), service.end()]);
    await database.drop();
  };
  return { ownerUrl: database.url, serviceUrl, owner, service, store, drop };
};

const sha256 = (): ReturnType<typeof createHash> => createHash('sha256');
const digest: Digest = {
  chain: (previous, text) => sha256().update(previous, 'hex').update(text).digest('hex'),
  of: (text) => sha256().update(text).digest('hex'),
};

const at = '2026-03-01T09:00:00.000Z';
const metadata: EventMetadata = {
  commandId: 'command-1',
  source: { connection: 'test' },
  actor: 'tester',
  occurredAt: at,
  recordedAt: at,
  correlationId: 'correlation-1',
};

/** A write of so many events that go on from a head, numbered by their revisions. */
export const writeOf = (stream: string, count = 1, from: ChainHead = emptyChain): Write => {
  const events: SealedEvent[] = [];
  for (let { revision, hash } = from; events.length < count; { revision, hash } = lastOf({ events })) {
    const place = { stream, revision: revision + 1, previousHash: hash };
    const event = { type: 'Counted', data: { number: place.revision }, occurredAt: at };
    events.push(seal(digest, place, event, 1, metadata));
  }
  return { stream, expectedRevision: from.revision, events };
};

export const lastOf = ({ events }: Pick<Write, 'events'>): SealedEvent => {
  const last = events.at(-1);
  if (!last) throw new Error('a write without events');
  return last;
};

/** The events of a subscription until there are so many. */
export const follow = async (store: EventStore, count: number, after?: string): Promise<readonly string[]> => {
  const ids: string[] = [];
  for await (const { events } of store.subscribe(after, { signal: AbortSignal.timeout(20_000) })) {
    ids.push(...events.map(({ eventId }) => eventId));
    if (ids.length >= count) return ids;
  }
  throw new Error(`${ids.length} events came, ${count} were wanted`);
};

/** Runs `work` while another transaction is open on a connection of its own. */
export const withOpenTransaction = async (pool: Pool, work: (client: Client) => Promise<void>): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release();
  }
};

/** Waits for a condition, asked again and again. */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) if (performance.now() > deadline) throw new Error('It never came true');
};
