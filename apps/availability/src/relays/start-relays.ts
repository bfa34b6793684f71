import type { Clock, EventStore, Position, Random } from '#event-sourcing';
import { startRelay, type MessageSender, type Relay, type RelayStatus } from '#messaging';
import { whileLeading, type Pool } from '#postgres';
import type { Queries } from '#read-model';
import { postgresCursor } from './cursors.js';
import { relayTopics } from './messages.js';
import { announcements, stockEvents, type PieceSource } from './sources.js';

export type RelaysOptions = {
  readonly queries: Pick<Queries, 'changes'>;
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly sender: MessageSender;
  readonly pool: Pool;
  /** Of the service's role: the leader of a relay has a session of its own. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (what: string, error: unknown) => void;
};

export type Relays = {
  /** Of the relays that this process runs: another one may lead. */
  readonly status: () => Readonly<Record<string, RelayStatus<Position>>>;
  /** Ends after the send under way. */
  readonly stop: () => Promise<void>;
};

/**
 * Tells the world by message what has been announced and what has happened: out of the outbox and the log alone, so that
 * nothing is told that is not so, and nothing is left out. Of several processes one runs each relay.
 */
export const startRelays = (options: RelaysOptions): Relays => {
  const stopping = new AbortController();
  const running = new Map<string, Relay<Position>>();
  const lead = (name: keyof typeof relayTopics, piecesAfter: PieceSource): Promise<void> =>
    whileLeading(
      {
        ...{ url: options.url, applicationName: `relay ${name}`, name: `relay ${name}`, signal: stopping.signal },
        sleep: options.clock.sleep,
        onTrouble: (error) => options.onTrouble(`the lead of relay ${name}`, error),
      },
      async (signal) => {
        const relay = relayOf(options, name, piecesAfter, signal);
        running.set(name, relay);
        await relay.stopped;
        running.delete(name);
      },
    );
  const ended = Promise.all([
    lead('availability', announcements(options.queries)),
    lead('events', stockEvents(options.store)),
  ]);
  return {
    status: () => Object.fromEntries([...running].map(([name, relay]) => [name, relay.status()])),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

const relayOf = (
  { sender, pool, clock, random, onTrouble }: RelaysOptions,
  name: keyof typeof relayTopics,
  piecesAfter: PieceSource,
  signal: AbortSignal,
): Relay<Position> =>
  startRelay({
    ...{ topic: relayTopics[name], sender, piecesAfter, clock, random, signal },
    cursors: postgresCursor(pool, name),
    // What the world is not told it does not know: the relay stands still, loudly, until the topic takes the message.
    park: (_message, refusal) => Promise.reject(refusal),
    onTrouble: (error) => onTrouble(`relay ${name}`, error),
  });
