import type { EventStore, EventStoreCapabilities } from '#event-sourcing';
import { append, type Appending } from './append.js';
import { answerMsMax, appendBytesMax, readEventsDefault } from './bounds.js';
import { createAppender } from './driver/append-call.js';
import { createConnection } from './driver/connection.js';
import { settingsOf } from './driver/settings.js';
import { bytesInAppend } from './encoding.js';
import { findDamage, type StreamFinding } from './find-damage.js';
import { createHeadWatch } from './head-watch.js';
import { inNamespace } from './namespace.js';
import { requirePrefixes } from './prefixes.js';
import { readStreams } from './read-streams.js';
import { subscribe } from './subscribe.js';
import { watchDamage } from './watch-damage.js';

export type EventStoreDbOptions = {
  /** `esdb://user:password@host:2113?tls=true&tlsCAFile=...`, several hosts, or `esdb+discover://` for a cluster. */
  readonly url: string;
  /** What the names of the ledger's streams begin with: these are the whole log. */
  readonly prefixes: readonly string[];
  /** What stands before the names of all streams at the server; none when left out. */
  readonly namespace?: string;
  /** What the server takes in one append, in bytes: 1,048,576 unless its `--max-append-size` says otherwise. */
  readonly appendBytesMax?: number;
  /** How long an append may take before its outcome is unknown. */
  readonly answerMsMax?: number;
};

export type EventStoreDbStore = EventStore & {
  /** For verification: streams that were deleted, truncated or written to by others. Reads the whole log. */
  readonly findDamage: () => AsyncIterable<StreamFinding>;
  /** For a service that runs: streams that are deleted or truncated, those found at its start and those to come. */
  readonly watchDamage: (signal: AbortSignal) => AsyncIterable<StreamFinding>;
  /** Appends under way end with an unknown outcome, and all connections with them. Abort subscriptions before. */
  readonly close: () => Promise<void>;
};

const capabilitiesWith = (bytesMax: number): EventStoreCapabilities => ({
  ...{ name: 'eventstoredb', contiguousPositions: false, appendsManyStreams: false },
  appendLimit: { bytesMax, bytesOf: bytesInAppend },
});

/**
 * The log in EventStoreDB. Connects at need, and anew when the connection was lost or another server leads.
 * @throws Error when the connection string is none, or the prefixes could be the server's own
 * @example const store = createEventStoreDbStore({ url: 'esdb://127.0.0.1:2113?tls=false', prefixes: ['stock-'] });
 */
export const createEventStoreDbStore = (options: EventStoreDbOptions): EventStoreDbStore => {
  const connection = createConnection(settingsOf(options.url));
  const { namespace = '', prefixes } = options;
  const ours = requirePrefixes(prefixes.map((prefix) => namespace + prefix));
  const appender = createAppender(connection, options.answerMsMax ?? answerMsMax);
  const appending: Appending = { connection, appender, prefixes: ours, suspects: new Set() };
  const heads = createHeadWatch(connection, ours);
  const store: EventStore = {
    capabilities: capabilitiesWith(options.appendBytesMax ?? appendBytesMax),
    append: (writes) => append(appending, writes),
    read: (streams, eventsMax = readEventsDefault) => readStreams(connection, streams, eventsMax),
    subscribe: (after, subscribeOptions) => subscribe({ connection, ours, heads }, after, subscribeOptions),
    head: heads.read,
  };
  return {
    ...inNamespace(store, namespace, prefixes),
    findDamage: () => findDamage(connection, ours),
    watchDamage: (signal) => watchDamage(connection, ours, signal),
    close: () => {
      appender.close();
      connection.close();
      return Promise.resolve();
    },
  };
};
