import type { EventStore } from '../event-store.js';
import type { Position, RecordedEvent, SealedEvent } from '../event.js';
import { positionBefore } from '../position.js';
import { isOpening } from './decide-lane.js';
import type { Decided, Flight, Pending } from './lane.js';

/** Events of one command as they lie in the log; the flight's last event has `last`. */
const recordedEvents = (
  { capabilities }: EventStore,
  flight: Flight,
  from: number,
  to: number,
  last: Position | undefined,
): RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  for (let index = from; index < to; index++) {
    const { stream, revision, type, schemaVersion, data, metadata, hash, eventId } = flight.events[
      index
    ] as SealedEvent;
    const behind = flight.events.length - 1 - index;
    const position = positionAt(last as Position, capabilities.contiguousPositions ? behind : 0);
    events.push({ stream, revision, type, schemaVersion, data, metadata, hash, eventId, position });
  }
  return events;
};

/** A write stands in the log in one piece. Where positions have gaps, all its events answer the last one's. */
const positionAt = (last: Position, behind: number): Position =>
  behind === 0 ? last : (positionBefore(last, behind) as Position);

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
  for (const decided of flight.decided)
    if (decided.kind !== 'prepared') answerOne(store, flight, decided, last, readBack);
};

const answerOne = (
  store: EventStore,
  flight: Flight,
  decided: Exclude<Decided, { kind: 'prepared' }>,
  last: Position | undefined,
  readBack: ReadBack,
): void => {
  switch (decided.kind) {
    case 'accepted':
      return answerAccepted(store, flight, decided, last);
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
  store: EventStore,
  flight: Flight,
  { pending, from, to, state, revision }: Extract<Decided, { kind: 'accepted' }>,
  last: Position | undefined,
): void => {
  const events = recordedEvents(store, flight, from, to, last);
  const opened = pending.hasOpened || (events[0] !== undefined && isOpening(events[0].revision));
  const position = events.at(-1)?.position;
  // Two literals: a spread that gains a field costs a hidden class for each object.
  pending.answer(
    position === undefined
      ? { kind: 'accepted', events, repeated: false, opened, revision, state }
      : { kind: 'accepted', events, repeated: false, opened, revision, state, position },
  );
};
