import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { endWith, within } from '#deadline';
import type { Change } from '#read-model';
import type { AvailabilityService } from '../../composition/start-availability.js';

/** Changes of one write. */
const changesMax = 500;
/** Without a change a comment is sent this often: it keeps the connection open and finds clients that have gone. */
const heartbeatMillis = 15_000;
/** A client that takes nothing for this long is cut off; it comes again with Last-Event-ID and misses nothing. */
const stalledMillisMax = 30_000;
/** How soon a client may come again. */
const reconnectMillis = 1_000;

export type FeedStart = { readonly after: number; readonly channel: string | undefined };

/**
 * Writes changes until the client goes or the service stops. Nothing is buffered here: the next changes are read when the
 * client has taken the last ones, so a slow client costs one write of memory and gets the newest values when it is back.
 */
export const streamChanges = async (
  reply: FastifyReply,
  { queries, stopping }: Pick<AvailabilityService, 'queries' | 'stopping'>,
  start: FeedStart,
): Promise<void> => {
  reply.hijack();
  const response = reply.raw;
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { signal } = gone;
  const release = endWith(gone, stopping);
  response.writeHead(200, headers);
  response.write(`retry: ${reconnectMillis}\n\n`);
  let { after } = start;
  try {
    for (;;) {
      const changes = await queries.changes({
        ...start,
        after,
        limit: changesMax,
        waitMillis: heartbeatMillis,
        signal,
      });
      if (signal.aborted) return;
      after = changes.at(-1)?.sequence ?? after;
      await write(response, changes.length === 0 ? ': heartbeat\n\n' : changes.map(eventOf).join(''), signal);
    }
  } catch {
    // The client comes again with Last-Event-ID; whether it gets an answer then tells it what is wrong
  } finally {
    release();
    response.end();
  }
};

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  connection: 'keep-alive',
  'x-accel-buffering': 'no',
};

const eventOf = (change: Change): string =>
  `id: ${change.sequence}\nevent: availability\ndata: ${JSON.stringify(change)}\n\n`;

/** @throws when the client takes nothing for too long, or has gone */
const write = async (response: ServerResponse, text: string, signal: AbortSignal): Promise<void> => {
  if (response.write(text)) return;
  await within({ millis: stalledMillisMax, signals: [signal] }, (bounded) =>
    once(response, 'drain', { signal: bounded }),
  );
};
