import { numberOf, positionOf, type EventStore, type Position } from '#event-sourcing';
import type { RelayPiece } from '#messaging';
import type { Queries } from '#read-model';
import { availabilityMessage, eventMessage } from './messages.js';

/** Everything after a cursor, in pieces that wait at the end for more. */
export type PieceSource = (after: Position | undefined, signal: AbortSignal) => AsyncIterable<RelayPiece<Position>>;

/** Messages of one piece: what is lost in a crash is sent again. */
const pieceMessagesMax = 1_000;
/** A source that has nothing waits this long before it looks whether it should end. */
const waitMillis = 5_000;

/** What the announcer has written, in the order of sequences. The cursor is the sequence. */
export const announcements = (queries: Pick<Queries, 'changes'>): PieceSource =>
  async function* (after, signal) {
    let sequence = numberOf(after);
    while (!signal.aborted) {
      const changes = await queries.changes({ after: sequence, limit: pieceMessagesMax, waitMillis, signal });
      const last = changes.at(-1);
      if (!last) continue;
      yield { messages: changes.map(availabilityMessage), cursor: positionOf(last.sequence) };
      sequence = last.sequence;
    }
  };

/** Every event of every SKU, in the order of the log. */
export const stockEvents = (store: Pick<EventStore, 'subscribe'>): PieceSource =>
  async function* (after, signal) {
    const options = { prefixes: ['stock-'], batchEventsMax: pieceMessagesMax, signal };
    for await (const batch of store.subscribe(after, options))
      yield { messages: batch.events.map(eventMessage), cursor: batch.after };
  };
