import type { RecordedEvent } from '#event-sourcing';
import type { IncomingMessage, TopicReader } from '#messaging';
import { relayTopics } from '../relays/messages.js';

/** The newest of what the topics say: the last message of each of their partitions. */
export type NewestTold = {
  /** The highest sequence of an announcement; 0 where there is none. */
  readonly sequence: number;
  readonly events: readonly RecordedEvent[];
};

/** What the world was told last, whoever has told it. @throws as `TopicReader.read` */
export const readNewestTold = async (reader: TopicReader, signal?: AbortSignal): Promise<NewestTold> => {
  const sequences: number[] = [0];
  const events: RecordedEvent[] = [];
  await reader.read({
    topics: [relayTopics.availability, relayTopics.events],
    from: 'last',
    onBatch: ({ topic, messages }) => {
      if (topic === relayTopics.events) events.push(...messages.flatMap((message) => eventIn(message) ?? []));
      else sequences.push(...messages.flatMap((message) => sequenceIn(message) ?? []));
    },
    ...(signal && { signal }),
  });
  return { sequence: Math.max(...sequences), events };
};

/** The event that a message of `stock.events.v1` carries; undefined when somebody else has written there. */
export const eventIn = (message: IncomingMessage): RecordedEvent | undefined => {
  const body = bodyOf(message);
  return isEvent(body) ? body : undefined;
};

const sequenceIn = (message: IncomingMessage): number | undefined => {
  const body = bodyOf(message) as { readonly sequence?: unknown } | undefined;
  return Number.isSafeInteger(body?.sequence) ? (body?.sequence as number) : undefined;
};

const bodyOf = ({ value }: IncomingMessage): unknown => {
  try {
    return value === undefined ? undefined : JSON.parse(Buffer.from(value).toString());
  } catch {
    return undefined;
  }
};

const texts = ['stream', 'type', 'hash', 'eventId', 'position'] as const;

const isEvent = (body: unknown): body is RecordedEvent => {
  if (typeof body !== 'object' || body === null) return false;
  const { revision, schemaVersion, data, metadata, ...rest } = body as Partial<RecordedEvent>;
  return (
    texts.every((name) => typeof rest[name] === 'string') &&
    Number.isSafeInteger(revision) &&
    Number.isSafeInteger(schemaVersion) &&
    typeof data === 'object' &&
    typeof metadata?.recordedAt === 'string'
  );
};
