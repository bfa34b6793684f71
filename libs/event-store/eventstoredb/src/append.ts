import {
  type AppendOutcome,
  assertWrites,
  type Position,
  type RecordedEvent,
  StoreUnavailableError,
  UnknownOutcomeError,
  uuidV8FromHash,
  type Write,
} from '#event-sourcing';
import { appendsUnderWayMax, tailBytesMax, tailEventsMax } from './bounds.js';
import type { AppendAnswer } from './driver/append-answer.js';
import type { Appender } from './driver/append-call.js';
import type { Connection } from './driver/connection.js';
import { messageOf } from './driver/failures.js';
import { proposedOf } from './encoding.js';
import { DamagedStreamError } from './errors.js';
import { positionOfRecord } from './log-position.js';
import { mapBounded } from './map-bounded.js';
import { hasPrefix } from './prefixes.js';
import { readStream } from './read-streams.js';

export type Appending = {
  readonly connection: Connection;
  readonly appender: Appender;
  readonly prefixes: readonly string[];
  /** Streams whose last write was refused while others of its batch were stored. */
  readonly suspects: Set<string>;
};

type Result = AppendOutcome | { readonly kind: 'failed'; readonly error: unknown };

/**
 * One append for each stream. The server knows nothing of batches, so a write may be refused after its neighbour was
 * stored; of such a batch the outcome is unknown as a whole. The refused stream is remembered, and goes before the others
 * of its next batch: then nothing of that one is stored, and whoever halves it finds the stream.
 *
 * @throws UnknownOutcomeError, StoreUnavailableError; any other error means nothing of the batch was stored
 */
export const append = async (parts: Appending, writes: readonly Write[]): Promise<readonly AppendOutcome[]> => {
  assertWrites(writes);
  for (const write of writes) assertOurs(parts, write);
  const results = new Map<Write, Result>();
  for (const group of inTurn(parts, writes)) {
    const ended = await mapBounded(group, appendsUnderWayMax, (write) => resultOf(parts, write));
    group.forEach((write, index) => results.set(write, ended[index] as Result));
    note(parts, group, ended);
    throwIfFailed([...results.values()]);
  }
  return writes.map((write) => results.get(write) as AppendOutcome);
};

/**
 * The server compares ids alone when it takes an append for a repetition, and keeps the bytes of the first one: an id
 * that does not stand for its event would lose the event.
 */
const assertOurs = ({ prefixes }: Appending, { stream, events }: Write): void => {
  if (!hasPrefix(stream, prefixes)) throw new Error(`${stream} is no stream of this ledger: nobody would follow it`);
  for (const { eventId, hash, revision } of events) {
    if (eventId !== uuidV8FromHash(hash)) throw new Error(`${stream}@${revision}: its id is not its hash's`);
  }
};

const inTurn = ({ suspects }: Appending, writes: readonly Write[]): readonly (readonly Write[])[] => {
  if (suspects.size === 0) return [writes];
  const [first, others] = [true, false].map((is) => writes.filter(({ stream }) => suspects.has(stream) === is));
  return [first ?? [], others ?? []];
};

const suspectsMax = 1_000;

const note = ({ suspects }: Appending, writes: readonly Write[], results: readonly Result[]): void => {
  writes.forEach(({ stream }, index) => {
    const result = results[index];
    if (result?.kind !== 'failed') suspects.delete(stream);
    else if (isRefused(result.error) && suspects.size < suspectsMax) suspects.add(stream);
  });
};

const isRefused = (error: unknown): boolean =>
  !(error instanceof UnknownOutcomeError) && !(error instanceof StoreUnavailableError);

/** What is thrown for all of it must be true of all of it. */
const throwIfFailed = (results: readonly Result[]): void => {
  const errors = results.flatMap((result) => (result.kind === 'failed' ? [result.error] : []));
  if (errors.length === 0) return;
  const unknown = errors.find((error) => error instanceof UnknownOutcomeError);
  if (unknown !== undefined) throw unknown;
  const [first] = errors;
  if (results.some(({ kind }) => kind === 'appended')) {
    throw new UnknownOutcomeError(`stored in part: ${messageOf(first)}`, { cause: first });
  }
  throw errors.find((error) => error instanceof StoreUnavailableError) ?? first;
};

const resultOf = (parts: Appending, write: Write): Promise<Result> =>
  appendOne(parts, write).catch((error: unknown): Result => ({ kind: 'failed', error }));

const appendOne = async (parts: Appending, write: Write): Promise<AppendOutcome> => {
  const { stream, expectedRevision, events } = write;
  const answer = await parts.appender.append({ stream, expectedRevision, records: events.map(proposedOf) });
  if (answer.kind === 'wrong_revision') return conflictOf(parts, write, answer.current);
  const position = believed(answer, write);
  return position === undefined
    ? findOut(parts, write)
    : { kind: 'appended', revision: expectedRevision + events.length, position };
};

/** A success is believed where the stream then ends as we meant it to, and says where in the log. */
const believed = (
  { revision, position }: Extract<AppendAnswer, { kind: 'appended' }>,
  { expectedRevision, events }: Write,
): Position | undefined =>
  revision === expectedRevision + events.length && position !== undefined ? positionOfRecord(position) : undefined;

/** Reads what stands where the events should: they themselves, or others, or nothing in its right place. */
const findOut = async (
  { connection }: Appending,
  { stream, expectedRevision, events }: Write,
): Promise<AppendOutcome> => {
  const stored = await readStream(connection, stream, expectedRevision + 1, { eventsMax: events.length }).catch(
    (error: unknown) => {
      if (error instanceof DamagedStreamError) throw error;
      throw new UnknownOutcomeError(`what was stored could not be read: ${messageOf(error)}`, { cause: error });
    },
  );
  const last = stored.at(-1);
  if (last === undefined) throw new UnknownOutcomeError(`${stream}: acknowledged, and not to be found`);
  return events.every(({ eventId }, index) => stored[index]?.eventId === eventId)
    ? { kind: 'appended', revision: last.revision, position: last.position }
    : { kind: 'conflict', tail: stored, complete: false };
};

/** The tail, if it can be read: without it the loser reads for himself. */
const conflictOf = async (
  { connection }: Appending,
  { stream, expectedRevision }: Write,
  current: number,
): Promise<AppendOutcome> => {
  if (current <= expectedRevision) return { kind: 'conflict', tail: [], complete: true };
  const bounds = { eventsMax: tailEventsMax, bytesMax: tailBytesMax };
  const tail = await readStream(connection, stream, expectedRevision + 1, bounds).catch(emptyWhenAway);
  return { kind: 'conflict', tail, complete: (tail.at(-1)?.revision ?? expectedRevision) >= current };
};

const emptyWhenAway = (error: unknown): readonly RecordedEvent[] => {
  if (error instanceof StoreUnavailableError) return [];
  throw error;
};
