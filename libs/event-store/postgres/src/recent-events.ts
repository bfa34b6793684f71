import type { RecordedEvent } from '#event-sourcing';

/**
 * What this process appended last, without a gap, so that its subscribers need not read and parse it again. It is kept
 * until all of them have read it: with subscribers that keep up, events die young and cost the garbage collector nothing.
 */
export type RecentEvents = {
  /** Events just appended; `after` is the position before the first, `bytes` about what they hold. */
  readonly add: (after: number, events: readonly RecordedEvent[], bytes: number) => void;
  /** A subscriber that reads on from a position. */
  readonly join: (after: number) => RecentReader;
};

export type RecentReader = {
  /** Up to `max` events that follow a position; undefined when the first of them is not here (any more, or yet). */
  readonly following: (after: number, max: number) => readonly RecordedEvent[] | undefined;
  /** It will not ask for what lies up to here again. */
  readonly passed: (position: number) => void;
  readonly leave: () => void;
};

export type RecentBounds = { readonly eventsMax: number; readonly bytesMax: number };

type Piece = { readonly after: number; readonly events: readonly RecordedEvent[]; readonly bytes: number };

/** Events of other processes between two appends of ours make a gap: what is older than it is dropped. */
export const recentEvents = ({ eventsMax, bytesMax }: RecentBounds): RecentEvents => {
  const pieces: Piece[] = [];
  const readers = new Set<{ passed: number }>();
  let held = { events: 0, bytes: 0 };

  const dropOldest = (): void => {
    const piece = pieces.shift();
    if (piece) held = { events: held.events - piece.events.length, bytes: held.bytes - piece.bytes };
  };
  const dropRead = (): void => {
    let read = Number.POSITIVE_INFINITY;
    for (const { passed } of readers) read = Math.min(read, passed);
    while (pieces[0] && endOf(pieces[0]) <= read) dropOldest();
  };
  return {
    add: (after, events, bytes) => {
      if (events.length === 0 || readers.size === 0) return;
      const newest = pieces.at(-1);
      if (newest && endOf(newest) !== after) while (pieces.length > 0) dropOldest();
      pieces.push({ after, events, bytes });
      held = { events: held.events + events.length, bytes: held.bytes + bytes };
      while (held.events > eventsMax || held.bytes > bytesMax) dropOldest();
    },
    join: (after) => {
      const reader = { passed: after };
      readers.add(reader);
      return {
        following: (position, max) => {
          const first = pieceHolding(pieces, position);
          return first === undefined ? undefined : collect(pieces, first, position, max);
        },
        passed: (position) => {
          reader.passed = position;
          dropRead();
        },
        leave: () => {
          readers.delete(reader);
          dropRead();
        },
      };
    },
  };
};

const endOf = ({ after, events }: Piece): number => after + events.length;

/** Index of the piece with the event after a position. A live subscriber wants the newest: search from there. */
const pieceHolding = (pieces: readonly Piece[], after: number): number | undefined => {
  for (let index = pieces.length - 1; index >= 0; index--) {
    const piece = pieces[index] as Piece;
    if (endOf(piece) <= after) return undefined;
    if (piece.after <= after) return index;
  }
  return undefined;
};

const collect = (pieces: readonly Piece[], first: number, after: number, max: number): readonly RecordedEvent[] => {
  const events: RecordedEvent[] = [];
  for (let index = first; index < pieces.length && events.length < max; index++) {
    const piece = pieces[index] as Piece;
    const from = Math.max(0, after - piece.after);
    events.push(...piece.events.slice(from, from + max - events.length));
  }
  return events;
};
