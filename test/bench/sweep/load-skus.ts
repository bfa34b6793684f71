import { genesisHash, seal, type SealedEvent } from '#event-sourcing';
import { createPostgresEventStore, ledgerModule } from '#event-store/postgres';
import { createClock, createDigest } from '#platform';
import { provision } from '#postgres';
import { readModule } from '#read-model';
import { stockDecider, type StockPolicy } from '#stock';
import { streamOf } from '../contestants/ledger.js';
import { place } from '../service/shop.js';
import type { Scope } from '../support/scope.js';

/** What each of them has. */
export const unitsOfEach = 1_000;

/** New streams of one append. */
const streamsPerAppend = 2_000;

const { connection, location } = place;
const policy: StockPolicy = {
  channels: new Map(),
  locations: new Map([
    [location, { location, author: connection, authors: {}, kind: 'own', state: 'open', revision: 0 }],
  ]),
};
const known = { facts: new Map(), elsewhere: new Map() };

/**
 * Opens SKUs with one receipt each, into an empty log: decided, sealed and appended as lanes do it, in large pieces, without
 * queues and answers. Nothing else is written: what the read side knows of them it has to project.
 */
export const loadSkus = async (
  ownerUrl: string,
  skus: readonly string[],
  scope: Scope,
  say: (text: string) => void,
): Promise<void> => {
  const { serviceUrl } = await provision({ ownerUrl, modules: [ledgerModule, readModule] });
  const clock = createClock();
  const store = createPostgresEventStore({ url: serviceUrl });
  scope.add('the loading store', store.close);
  const write = writerOf(() => clock.now());
  let appending: Promise<unknown> = Promise.resolve();
  for (let start = 0; start < skus.length; start += streamsPerAppend) {
    const writes = skus.slice(start, start + streamsPerAppend).map(write);
    await appending;
    appending = store.append(writes);
    if (start > 0 && start % 100_000 === 0) say(`${start} SKUs loaded`);
  }
  await appending;
};

const writerOf = (now: () => string) => {
  const digest = createDigest();
  return (sku: string): { stream: string; expectedRevision: number; events: readonly SealedEvent[] } => {
    const recordedAt = now();
    const stream = streamOf(sku);
    const metadata = {
      ...{ commandId: `opening:${sku}`, source: { connection }, actor: 'bench' },
      ...{ occurredAt: recordedAt, recordedAt, correlationId: 'bench' },
    };
    const place = { stream, revision: 0, previousHash: genesisHash };
    return { stream, expectedRevision: -1, events: [seal(digest, place, receiptOf(recordedAt), 1, metadata)] };
  };
};

const receiptOf = (now: string) => {
  const command = {
    ...({ kind: 'receipt', connection, location, sourceKey: 'opening', sourceVersion: 1, bucket: 'sellable' } as const),
    ...{ occurredAt: now, quantity: unitsOfEach, hash: 'bench' },
  };
  const decision = stockDecider.decide({ command, now, policy, known }, stockDecider.initialState());
  const [event] = decision.kind === 'accepted' ? decision.events : [];
  if (event === undefined) throw new Error(JSON.stringify(decision));
  return event;
};
