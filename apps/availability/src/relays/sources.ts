import { numberOf, positionOf, type EventStore, type Position } from '#event-sourcing';
import type { RelayPiece } from '#messaging';
import type { Queries } from '#read-model';
import { availabilityMessage, eventMessage } from './messages.js';
import type { Repeat, Repeats } from './repeats.js';

/** Everything after a cursor, in pieces that wait at the end for more. */
export type PieceSource = (after: Position | undefined, signal: AbortSignal) => AsyncIterable<RelayPiece<Position>>;

/** Messages of one piece: what is lost in a crash is sent again. */
const pieceMessagesMax = 1_000;
/** A source that has nothing waits this long before it looks whether it should end. */
const waitMillis = 5_000;
/** How often a source that has much to tell looks whether something is to be told again. */
const repeatCheckMillis = 1_000;

type Announced = Pick<Queries, 'changes' | 'newestChanges'>;

/** What the announcer has written, in the order of sequences, and again where that is due. The cursor is the sequence. */
export const announcements = (queries: Announced, repeats: Pick<Repeats, 'find'>): PieceSource =>
  async function* (after, signal) {
    let sequence = numberOf(after);
    let lookedAt = performance.now();
    while (!signal.aborted) {
      const changes = await queries.changes({ after: sequence, limit: pieceMessagesMax, waitMillis, signal });
      const last = changes.at(-1);
      if (last) {
        yield { messages: changes.map(availabilityMessage), cursor: positionOf(last.sequence) };
        sequence = last.sequence;
      }
      if (last && performance.now() - lookedAt < repeatCheckMillis) continue;
      lookedAt = performance.now();
      const repeat = await repeats.find();
      if (repeat) yield* repeated(queries, repeat, sequence, signal);
    }
  };

/** Up to the cursor, which stays where it is. */
async function* repeated(
  queries: Announced,
  { since, end }: Repeat,
  upTo: number,
  signal: AbortSignal,
): AsyncGenerator<RelayPiece<Position>> {
  for (let after = numberOf(since); !signal.aborted;) {
    const changes = await queries.newestChanges({ after, upTo, limit: pieceMessagesMax });
    const last = changes.at(-1);
    if (!last) return end();
    yield { messages: changes.map(availabilityMessage), cursor: positionOf(upTo) };
    after = last.sequence;
  }
}

/** Every event of every SKU, in the order of the log. */
export const stockEvents = (store: Pick<EventStore, 'subscribe'>): PieceSource =>
  async function* (after, signal) {
    const options = { prefixes: ['stock-'], batchEventsMax: pieceMessagesMax, signal };
    for await (const batch of store.subscribe(after, options))
      yield { messages: batch.events.map(eventMessage), cursor: batch.after };
  };
