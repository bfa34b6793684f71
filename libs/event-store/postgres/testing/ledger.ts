import { type EventStore, type SealedEvent, type Write } from '#event-sourcing';
import { type Client, createPool, type Pool, provision } from '#postgres';
import { anyEvent, type Head, noHead, sealAll } from '#testing';
import { createDatabase } from '#testing/postgres';
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

export const createLedger = async (): Promise<Ledger> => {
  const database = await createDatabase();
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

export const writeOf = (stream: string, count = 1, head: Head = noHead): Write => ({
  stream,
  expectedRevision: head.revision,
  events: sealAll(
    stream,
    Array.from({ length: count }, (_, index) => anyEvent('Counted', { number: head.revision + 1 + index })),
    head,
  ),
});

export const lastOf = ({ events }: Write): SealedEvent => {
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
