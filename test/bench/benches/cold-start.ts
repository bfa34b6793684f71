import { instantOf, seal, genesisHash, type SealedEvent } from '#event-sourcing';
import { createPostgresSnapshotStore } from '#event-store/postgres';
import { createDigest } from '#platform';
import { createPool } from '#postgres';
import { stockDecider, stockKind, type StockCommand, type StockState } from '#stock';
import { benchPolicy, receive, reserve, shop, startBenchLedger, streamOf, warehouse } from '../contestants/ledger.js';
import type { Bench, BenchContext } from '../support/bench.js';
import { createScope } from '../support/scope.js';
import { latencyHistogram, percentilesOf, recordMillis } from '../support/statistics.js';

const sku = 'long';
/** Events behind the snapshot, which is what a process that was killed leaves at most. */
const tailEvents = 1_000;
/** Carts that hold units; their holds are what the snapshot is made of. */
const carts = 1_000;
const startedAt = Date.UTC(2026, 0, 1);
const known = { facts: new Map(), elsewhere: new Map() };

export const coldStart: Bench = {
  name: 'cold-start',
  about: 'the first command on a stream of 1,000,000 events, from its snapshot, in a process that knows nothing of it',
  run: async (context) => {
    const { server, scale, size, say } = context;
    const url = await server.createDatabase('bench_cold_start');
    const events = size(1_000_000, 3_000);
    await writeLongStream(url, events, context);
    const times = latencyHistogram();
    for (let round = 0; round <= scale.rounds; round += 1) {
      const millis = await firstCommand(url, round, say);
      say(`${round === 0 ? 'warm-up' : `round ${round}`}: ${millis.toFixed(1)} ms`);
      if (round > 0) recordMillis(times, millis);
    }
    const { p50, max } = percentilesOf(times);
    return {
      name: 'cold-start',
      figures: { events, 'events behind the snapshot': tailEvents, 'open holds': carts, 'p50 (ms)': p50 },
      expectations: [{ figure: 'first command, the slowest', value: max, unit: 'ms', atMost: 200 }],
    };
  },
};

/** A kernel of its own each time; its connections are open and its code is warm, its lane is not. */
const firstCommand = async (url: string, round: number, say: BenchContext['say']): Promise<number> => {
  const scope = createScope(say);
  try {
    const ledger = await startBenchLedger(url, scope, say);
    await receive(ledger, `other-${round}`);
    const began = performance.now();
    await reserve(ledger, sku, `new-${round}`);
    return performance.now() - began;
  } finally {
    await scope.close();
  }
};

const eventsPerAppend = 2_000;

/** Decided and sealed as lanes do it, appended in large pieces while the next is decided; then its snapshot. */
const writeLongStream = async (ownerUrl: string, events: number, { say, scope }: BenchContext): Promise<void> => {
  const own = createScope(say);
  scope.add('the writer', own.close);
  const { store, url, settle } = await startBenchLedger(ownerUrl, own, say);
  const pool = createPool({ url, applicationName: 'bench snapshot', max: 1 });
  own.add('the snapshots', () => pool.end());
  const writer = createWriter();
  let appending: Promise<unknown> = Promise.resolve();
  while (writer.revision() < events - 1) {
    const expectedRevision = writer.revision();
    const snapshotAt = events - 1 - tailEvents;
    const until = expectedRevision < snapshotAt ? snapshotAt : events - 1;
    const piece = writer.write(Math.min(eventsPerAppend, until - expectedRevision));
    await appending;
    appending = store.append([{ stream: streamOf(sku), expectedRevision, events: piece }]);
    if (writer.revision() === snapshotAt) await createPostgresSnapshotStore(pool).save([writer.snapshot()]);
    if (writer.revision() % 100_000 < eventsPerAppend) say(`${writer.revision() + 1} events`);
  }
  await appending;
  say('the index of ids catches up');
  await settle();
  await own.close();
};

const createWriter = () => {
  const digest = createDigest();
  let [state, revision, hash] = [stockDecider.initialState(), -1, genesisHash];
  const writeOne = (): SealedEvent => {
    const now = instantOf(startedAt + Math.floor((revision + 1) / 10));
    const event = decidedOne(state, commandAt(revision + 1), now);
    state = stockDecider.evolve(state, event);
    revision += 1;
    const metadata = {
      ...{ commandId: `${shop}:long-${revision}`, source: { connection: shop }, actor: 'bench' },
      ...{ occurredAt: event.occurredAt, recordedAt: now, correlationId: 'bench' },
    };
    const sealed = seal(digest, { stream: streamOf(sku), revision, previousHash: hash }, event, 1, metadata);
    hash = sealed.hash;
    return sealed;
  };
  return {
    revision: () => revision,
    write: (count: number): SealedEvent[] => Array.from({ length: count }, writeOne),
    snapshot: () => {
      const { foldVersion, encode } = stockKind.snapshot;
      return { stream: streamOf(sku), revision, hash, foldVersion, state: encode(state) };
    },
  };
};

/** Stock for everybody, then carts that change their minds: one event each. */
const commandAt = (revision: number): StockCommand =>
  revision === 0
    ? {
        ...{ kind: 'receipt', connection: shop, location: warehouse, sourceKey: 'opening', sourceVersion: 1 },
        ...{ occurredAt: instantOf(startedAt), quantity: 1_000_000_000, bucket: 'sellable', hash: 'bench' },
      }
    : {
        ...{ kind: 'reserve', connection: shop, channel: 'web', cart: `cart-${revision % carts}` },
        ...{ quantity: 1 + (Math.floor(revision / carts) % 2), ttlMillis: 7 * 86_400_000 },
      };

const decidedOne = (state: StockState, command: StockCommand, now: string) => {
  const decision = stockDecider.decide({ command, now, policy: benchPolicy, known }, state);
  const [event, ...more] = decision.kind === 'accepted' ? decision.events : [];
  if (event === undefined || more.length > 0) throw new Error(JSON.stringify(decision));
  return event;
};
