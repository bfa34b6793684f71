import type { Clock, EventStore, Position, Random } from '#event-sourcing';
import { startRelay, type MessageSender, type Relay, type RelayStatus } from '#messaging';
import { whileLeading, type Pool } from '#postgres';
import type { Queries } from '#read-model';
import { postgresCursor } from './cursors.js';
import { relayTopics } from './messages.js';
import { postgresRepeats, sendMillisMax, type Repeats } from './repeats.js';
import { announcements, stockEvents, type PieceSource } from './sources.js';

export type RelaysOptions = {
  readonly queries: Pick<Queries, 'changes' | 'newestChanges'>;
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly sender: MessageSender;
  readonly pool: Pool;
  /** Of the service's role: the leader of a relay has a session of its own. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves when the world may be told: asked by whoever begins to lead. Left out: at once. */
  readonly mayTell?: (signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** How long a send may be under way that was begun before; `sendMillisMax` unless said. */
  readonly repeatAfterMillis?: number;
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
  const repeats = postgresRepeats(options.pool, 'availability', options.repeatAfterMillis ?? sendMillisMax);
  const lead = (name: RelayName, work: (told: Told) => Promise<void>): Promise<void> =>
    whileLeading(
      {
        ...{ url: options.url, applicationName: `relay ${name}`, name: `relay ${name}`, signal: stopping.signal },
        sleep: options.clock.sleep,
        onTrouble: (error) => options.onTrouble(`the lead of relay ${name}`, error),
      },
      async (signal, confirm) => {
        await options.mayTell?.(signal);
        if (signal.aborted) return;
        await work({ ...options, name, signal, confirm, onStarted: (relay) => running.set(name, relay) });
        running.delete(name);
      },
    );
  const ended = Promise.all([
    lead('availability', (told) => tellAnnounced(told, repeats, stopping.signal)),
    lead('events', async (told) => {
      const relay = relayOf(told, stockEvents(options.store));
      await relay.stopped;
    }),
  ]);
  return {
    status: () => Object.fromEntries([...running].map(([name, relay]) => [name, relay.status()])),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

type RelayName = keyof typeof relayTopics;

/** A relay of this process, while it leads. */
type Told = RelaysOptions & {
  readonly name: RelayName;
  readonly signal: AbortSignal;
  /** @throws when this process does not lead any more */
  readonly confirm: () => Promise<void>;
  readonly onStarted: (relay: Relay<Position>) => void;
};

const relayOf = (told: Told, piecesAfter: PieceSource, onFailure: () => void = () => undefined): Relay<Position> => {
  const { name, sender, pool, clock, random, signal, onTrouble, onStarted } = told;
  const relay = startRelay({
    ...{ topic: relayTopics[name], sender, piecesAfter, clock, random, signal },
    cursors: postgresCursor(pool, name),
    // What the world is not told it does not know: the relay stands still, loudly, until the topic takes the message.
    park: (_message, refusal) => Promise.reject(refusal),
    onTrouble: (error) => {
      onTrouble(`relay ${name}`, error);
      onFailure();
    },
  });
  onStarted(relay);
  return relay;
};

/**
 * A process that stood still may have lost the lead long ago: nothing is sent before the database has said that it leads,
 * and what it had begun to send before it was told otherwise, the leader of now tells again.
 */
const tellAnnounced = async (told: Told, repeats: Repeats, stopping: AbortSignal): Promise<void> => {
  const { queries, sender, confirm, signal, onTrouble } = told;
  const trouble = (error: unknown): void => onTrouble('repeats of relay availability', error);
  await repeats.expect();
  const sent = { behind: undefined as Position | undefined, isBegun: false };
  const send: MessageSender['send'] = async (topic, messages) => {
    await confirm();
    Object.assign(sent, { behind: relay.status().cursor, isBegun: true });
    await sender.send(topic, messages);
  };
  const relay = relayOf({ ...told, sender: { ...sender, send } }, announcements(queries, repeats), () => {
    repeats.putOff().catch(trouble);
  });
  await relay.stopped;
  const isLost = signal.aborted && !stopping.aborted;
  if (isLost && sent.isBegun) await repeats.expectSince(sent.behind).catch(trouble);
};
