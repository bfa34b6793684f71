import type { RecordedEvent } from '#event-sourcing';
import type { AuditReport } from '../auditor/audit.js';
import type { SkuBooks } from '../auditor/books.js';
import type { Notes } from '../intents.js';
import { expectFact } from './facts.js';
import { expectIncoming } from './incoming.js';
import { expectIssued } from './issues.js';
import { expectOrder } from './orders.js';

/**
 * What must have come of what the world did, computed from the notes alone. What was acknowledged stands; what never was
 * may stand or not.
 */

const expectAcknowledged = (events: readonly RecordedEvent[], { acknowledged }: Notes): string[] => {
  const stored = new Set(events.map(({ eventId }) => eventId));
  return [...acknowledged]
    .filter(([id]) => !stored.has(id))
    .map(([id, what]) => `${what}: acknowledged event ${id} is lost`);
};

const expectAnswered = (books: ReadonlyMap<string, SkuBooks>, { answered }: Notes): string[] =>
  [...answered].flatMap(([stream, said]) =>
    [...said]
      .filter((says) => !books.get(stream)?.stood.has(says))
      .map((says) => `${stream}: answered ${says}, which never stood`),
  );

/** Everything in which the end differs from what it should be. */
export const unmetExpectations = (
  events: readonly RecordedEvent[],
  { books }: AuditReport,
  notes: Notes,
): readonly string[] => [
  ...expectAcknowledged(events, notes),
  ...expectAnswered(books, notes),
  ...[...notes.facts].flatMap(([sourceKey, fact]) => expectFact(sourceKey, fact, books)),
  ...[...notes.orders.values()].flatMap((order) => expectOrder({ order, shipsHere: false }, events, books)),
  ...expectIssued(notes, books),
  ...expectIncoming(notes, books),
];
