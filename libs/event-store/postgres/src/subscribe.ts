import {
  type LogBatch,
  numberOf,
  type Position,
  positionBefore,
  positionOf,
  type SubscribeOptions,
} from '#event-sourcing';
import { type Pool } from '#postgres';
import { batchEventsDefault, batchEventsMax } from './bounds.js';
import { unavailableWhenAway } from './failures.js';
import type { LogHead } from './log-head.js';
import { hasPrefix, kindsOf } from './prefixes.js';
import { type OnRead, type Read, readLog, readLogOfKinds } from './read-log.js';
import type { RecentEvents, RecentReader } from './recent-events.js';

export type LogSources = {
  readonly pool: Pool;
  readonly head: LogHead;
  readonly recent: RecentEvents;
  readonly onRead: OnRead | undefined;
};

/**
 * Everything after a position, in order, none skipped: positions are given under a lock that is held until the commit, so
 * whoever sees one sees all before it, and no transaction of anybody else holds a subscriber back.
 *
 * @throws StoreUnavailableError when the database is away: subscribe again, after the last batch
 */
export async function* subscribe(
  sources: LogSources,
  from: Position | undefined,
  options: SubscribeOptions,
): AsyncGenerator<LogBatch, void, void> {
  const { signal, prefixes } = options;
  const eventsMax = Math.min(options.batchEventsMax ?? batchEventsDefault, batchEventsMax);
  let after = numberOf(options.inclusive === true && from !== undefined ? positionBefore(from) : from);
  const reader = sources.recent.join(after);
  try {
    while (!signal.aborted) {
      const read = await unavailableWhenAway(nextOf(sources, reader, after, eventsMax, prefixes));
      if (read === undefined) {
        await unavailableWhenAway(sources.head.beyond(after, signal));
        continue;
      }
      after = read.after;
      reader.passed(after);
      yield { events: filtered(read, prefixes), after: positionOf(after) };
    }
  } finally {
    reader.leave();
  }
}

/** From memory when it is there, else from the database; undefined at the end of the log. */
const nextOf = async (
  { pool, head, onRead }: LogSources,
  reader: RecentReader,
  after: number,
  eventsMax: number,
  prefixes: readonly string[] | undefined,
): Promise<Read | undefined> => {
  const events = reader.following(after, eventsMax);
  if (events) return { events, after: after + events.length };
  if (head.known() <= after) return undefined;
  const piece = { after, upTo: head.known(), eventsMax };
  const kinds = prefixes && kindsOf(prefixes);
  return kinds ? readLogOfKinds(pool, piece, kinds) : readLog(pool, piece, onRead);
};

const filtered = ({ events }: Read, prefixes: readonly string[] | undefined): Read['events'] =>
  prefixes ? events.filter(({ stream }) => hasPrefix(stream, prefixes)) : events;
