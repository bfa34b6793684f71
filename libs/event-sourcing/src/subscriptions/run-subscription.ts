import type { LogBatch } from '../event-store.js';
import type { Position } from '../event.js';
import { eventsAfter, follow, further, subscription, type Follower, type FollowOptions } from './follow.js';

export type SubscriptionOptions = FollowOptions & {
  /** Where to begin; undefined: at the beginning of the log. */
  readonly after: Position | undefined;
  /**
   * Handles a batch; the next one comes when it has resolved. When it rejects, the same events come again after a
   * while: at least once, in order. Throwing UnknownEventTypeError stops.
   */
  readonly handle: (batch: LogBatch) => Promise<void> | void;
};

/** Follows the log with a position that is kept in memory. */
export const runSubscription = (options: SubscriptionOptions): Follower => {
  let after = options.after;
  return follow(options, async (progress) => {
    progress.advance(after);
    for await (const batch of subscription(options, after)) {
      const events = eventsAfter(options, after, batch);
      const end = further(after, batch.after);
      await options.handle({ events, after: end });
      after = end;
      progress.advance(after);
    }
  });
};
