import type { Clock, EventStore, Position } from '#event-sourcing';
import { applyPolicyEvent, emptyBook, policyPrefix, type PolicyBook } from '#policies';

/** Between two attempts at a store that is away. */
const retryMillis = 250;

/** Every channel and location in memory, kept by a subscription. */
export type PolicyFeed = {
  /** What is known now. */
  readonly book: () => PolicyBook;
  /** Resolves once the book has taken in everything up to a position: a writer reads its own writes. */
  readonly reached: (position: Position) => Promise<void>;
  /** Up to where the log was read (undefined: not yet), and what stopped the feed for good, if anything did. */
  readonly status: () => { readonly position: Position | undefined; readonly stopped: Error | undefined };
  readonly stop: () => Promise<void>;
};

type Waiter = { readonly position: Position; readonly resolve: () => void; readonly reject: (error: Error) => void };

/** An event that this version cannot read: decisions under half-known policies would be wrong, so the feed stops. */
export class PolicyFeedStopped extends Error {
  override readonly name = 'PolicyFeedStopped';
}

/**
 * Starts the subscription; resolves when the book has everything that the log had at this moment.
 *
 * @throws PolicyFeedStopped when the log has a policy event that this version does not know
 */
export const startPolicyFeed = async (store: EventStore, clock: Clock): Promise<PolicyFeed> => {
  const abort = new AbortController();
  let book = emptyBook;
  let after: Position | undefined;
  let stopped: Error | undefined;
  let waiters: Waiter[] = [];
  const advance = (position: Position): void => {
    after = position;
    const ready = waiters.filter((waiter) => waiter.position <= position);
    waiters = waiters.filter((waiter) => waiter.position > position);
    for (const waiter of ready) waiter.resolve();
  };
  const fail = (error: Error): void => {
    stopped = error;
    for (const waiter of waiters.splice(0)) waiter.reject(error);
  };
  const follow = async (): Promise<void> => {
    for await (const batch of store.subscribe(after, { prefixes: [policyPrefix], signal: abort.signal })) {
      try {
        book = batch.events.reduce(applyPolicyEvent, book);
      } catch (error) {
        throw new PolicyFeedStopped('A policy event cannot be read', { cause: error });
      }
      advance(batch.after);
    }
  };
  const done = keepFollowing(follow, clock, abort.signal).catch((error: unknown) => fail(error as Error));
  const reached = (position: Position): Promise<void> => {
    if (stopped) return Promise.reject(stopped);
    if (after !== undefined && after >= position) return Promise.resolve();
    return new Promise((resolve, reject) => waiters.push({ position, resolve, reject }));
  };
  const head = await store.head();
  if (head !== undefined) await reached(head);
  return {
    book: () => book,
    reached,
    status: () => ({ position: after, stopped }),
    stop: async () => {
      abort.abort();
      await done;
      fail(new PolicyFeedStopped('The ledger is stopping'));
    },
  };
};

/** Goes on after the store was away; what cannot be read ends it. */
const keepFollowing = async (follow: () => Promise<void>, clock: Clock, signal: AbortSignal): Promise<void> => {
  for (;;) {
    try {
      await follow();
    } catch (error) {
      if (error instanceof PolicyFeedStopped) throw error;
    }
    if (signal.aborted) return;
    await clock.sleep(retryMillis, signal);
  }
};
