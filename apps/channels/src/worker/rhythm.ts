import { ExponentialBackoff } from 'cockatiel';
import type { Millis } from '#channel-kit';

/** The feed is read so often where nothing else asks for it. */
export const feedEveryMillis = 5_000;
/** One reading serves all writes of a second. */
export const feedServesMillis = 1_000;
/** A feed that was not whole for so long says nothing about what the shop has sold: nothing rises. */
export const feedStaleMillis = 30_000;
/** Then somebody is called. */
export const feedAwayMillis = 600_000;
/** What the ledger says of listings is read so often, where there is a sign that it has changed. */
export const mappingsEveryMillis = 5_000;
/** How often it is looked whether listings, rows or open orders have not been read for long. */
export const upkeepEveryMillis = 60_000;
/** How a shop is set up is looked at so often. */
export const surveyEveryMillis = 3_600_000;
/** As long as something is wrong with that: who mends it sees the ticket end. */
export const tellingMillis = 600_000;
/** Messages of shops come within some minutes: where orders have changed and none has come, it is looked at sooner. */
export const silentMillis = 600_000;
/** Listings are read so often besides when somebody asks. */
export const listingsEveryMillis = 86_400_000;
/** What drift has cost a channel is counted so often. */
export const driftCountedMillis = 60_000;

/** How long a channel rests after trouble: longer and longer, and not all channels at the same moment. */
export type Backoff = { readonly next: () => Millis; readonly reset: () => void };

export const createBackoff = (): Backoff => {
  const delays = new ExponentialBackoff({ initialDelay: 500, maxDelay: 30_000 });
  let last: ReturnType<typeof delays.next> | undefined;
  return {
    next: () => {
      last = last === undefined ? delays.next() : last.next(undefined);
      return Math.ceil(last.duration);
    },
    reset: () => {
      last = undefined;
    },
  };
};
