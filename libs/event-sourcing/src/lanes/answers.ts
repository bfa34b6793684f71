import type { EventStore } from '../event-store.js';
import type { Position, RecordedEvent, SealedEvent } from '../event.js';
import { numberOf, positionOf } from '../position.js';
import { isOpening, type Decided, type Flight, type Pending } from './lane.js';

/** Where the event at an index of a flight lies in the log. */
type PositionAt = (index: number) => Position;

/**
 * A write stands in the log in one piece, and its last event has `last`. Where positions have gaps, all its events answer
 * the last one's.
 */
const positionsOf = ({ capabilities }: EventStore, { events }: Flight, last: Position | undefined): PositionAt => {
  if (!capabilities.contiguousPositions) return () => last as Position;
  const first = numberOf(last) - events.length + 1;
  return (index) => positionOf(first + index);
};

/** Events of one command as they lie in the log. */
const recordedEvents = (flight: Flight, from: number, to: number, positionAt: PositionAt): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  for (let index = from; index < to; index++) {
    const { stream, revision, type, schemaVersion, data, metadata, hash, eventId } = flight.events[
      index
    ] as SealedEvent;
    const position = positionAt(index);
    events.push({ stream, revision, type, schemaVersion, data, metadata, hash, eventId, position });
  }
  return events;
};

/** Reads the events of a command that had been accepted before, and answers it. */
export type ReadBack = (decided: Extract<Decided, { kind: 'repeated' }>) => void;

/** The commands of a flight that are decided again now that their preparing events stand. */
export const preparedIn = ({ decided }: Flight): readonly Pending[] =>
  decided.flatMap((one) => (one.kind === 'prepared' ? [one.pending] : []));

/** Answers the other commands of a flight that is committed (or needed no append: `last` undefined). */
export const answerFlight = (
  store: EventStore,
  flight: Flight,
  last: Position | undefined,
  readBack: ReadBack,
): void => {
  const positionAt = positionsOf(store, flight, last);
  for (const decided of flight.decided)
    if (decided.kind !== 'prepared') answerOne(flight, decided, positionAt, readBack);
};

const answerOne = (
  flight: Flight,
  decided: Exclude<Decided, { kind: 'prepared' }>,
  positionAt: PositionAt,
  readBack: ReadBack,
): void => {
  switch (decided.kind) {
    case 'accepted':
      return answerAccepted(flight, decided, positionAt);
    case 'refused':
      return decided.pending.answer({ kind: 'refused', refusal: decided.refusal, revision: decided.revision });
    case 'repeated':
      return readBack(decided);
    case 'reused':
      return decided.pending.answer({ kind: 'command_id_reused' });
    default:
      return decided satisfies never;
  }
};

const answerAccepted = (
  flight: Flight,
  { pending, from, to, state, revision }: Extract<Decided, { kind: 'accepted' }>,
  positionAt: PositionAt,
): void => {
  const events = recordedEvents(flight, from, to, positionAt);
  const opened = pending.hasOpened || (events[0] !== undefined && isOpening(events[0].revision));
  const position = events.at(-1)?.position;
  // Two literals: a spread that gains a field costs a hidden class for each object.
  pending.answer(
    position === undefined
      ? { kind: 'accepted', events, repeated: false, opened, revision, state }
      : { kind: 'accepted', events, repeated: false, opened, revision, state, position },
  );
};
