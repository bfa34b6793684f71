import { within } from '#deadline';
import type { EventStore } from '#event-sourcing';
import type { AvailabilityService } from '#apps/availability';

/** A read side that takes longer than this for what the log holds is behind. */
const lagMillisMax = 30_000;
/** How long it is believed to keep up before it is asked again. */
const askMillis = 5_000;

export type ReadSideLag = {
  /** It has not come within 30 seconds to where the log ended. */
  readonly isBehind: () => boolean;
  readonly stopped: Promise<void>;
};

/** Watches whether projections keep up with the log, by how long they take to come to its end of a moment ago. */
export const watchReadSide = (
  store: Pick<EventStore, 'head'>,
  { caughtUpTo, clock }: Pick<AvailabilityService, 'caughtUpTo' | 'clock'>,
  signal: AbortSignal,
): ReadSideLag => {
  let behind = false;
  const look = async (): Promise<void> => {
    const head = await store.head();
    if (head === undefined) return;
    const bounds = { millis: lagMillisMax, signals: [signal] };
    behind = await within(bounds, (enough) => caughtUpTo(head, enough)).then(
      () => false,
      () => true,
    );
  };
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      // A log that cannot be asked says nothing about who follows it.
      await look().catch(() => undefined);
      await clock.sleep(askMillis, signal);
    }
  };
  return { isBehind: () => behind, stopped: watch() };
};
