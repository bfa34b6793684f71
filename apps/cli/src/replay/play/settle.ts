import type { AvailabilityService } from '#apps/availability';
import type { Position } from '#event-sourcing';

const pollMillis = 25;

/** Resolves when every projection has taken in the whole log and nothing waits to be announced. */
export const settle = async ({
  availability,
  head,
  sleep,
}: {
  readonly availability: AvailabilityService;
  readonly head: Position | undefined;
  readonly sleep: (millis: number) => Promise<void>;
}): Promise<void> => {
  if (head !== undefined) await availability.caughtUpTo(head);
  while ((await availability.queries.status()).due.skus > 0) await sleep(pollMillis);
};
