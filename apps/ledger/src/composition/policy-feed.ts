import {
  runSubscription,
  UnknownEventTypeError,
  type Clock,
  type EventStore,
  type FollowerStatus,
  type Position,
  type Random,
  type RecordedEvent,
} from '#event-sourcing';
import { applyPolicyEvent, emptyBook, policyPrefix, type PolicyBook } from '#policies';

/** Every channel and location in memory, kept by a subscription. */
export type PolicyFeed = {
  /** What is known now. */
  readonly book: () => PolicyBook;
  /** Resolves once the book has taken in everything up to a position: a writer reads its own writes. */
  readonly reached: (position: Position, signal?: AbortSignal) => Promise<void>;
  readonly status: () => FollowerStatus;
  readonly stop: () => Promise<void>;
};

export type PolicyFeedOptions = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble?: (what: string, error: unknown) => void;
};

/**
 * Starts the subscription; resolves when the book has everything that the log had at this moment. An event that this
 * version cannot read stops it: decisions under half-known policies would be wrong.
 *
 * @throws FollowerStoppedError
 */
export const startPolicyFeed = async ({ store, clock, random, onTrouble }: PolicyFeedOptions): Promise<PolicyFeed> => {
  const abort = new AbortController();
  let book = emptyBook;
  const follower = runSubscription({
    ...{ name: 'policies', store, clock, random, after: undefined, prefixes: [policyPrefix], signal: abort.signal },
    handle: ({ events }) => {
      book = events.reduce(applied, book);
    },
    onError: (error) => onTrouble?.('policies', error),
  });
  const head = await store.head();
  if (head !== undefined) await follower.caughtUpTo(head);
  return {
    book: () => book,
    reached: follower.caughtUpTo,
    status: follower.status,
    stop: async () => {
      abort.abort();
      await follower.stopped;
    },
  };
};

const applied = (book: PolicyBook, event: RecordedEvent): PolicyBook => {
  try {
    return applyPolicyEvent(book, event);
  } catch {
    throw new UnknownEventTypeError(event.type, event.schemaVersion);
  }
};
