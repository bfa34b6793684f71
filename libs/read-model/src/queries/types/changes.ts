import type { Instant, Position } from '#event-sourcing';
import type { Availability } from '#atp';

/** The most time a question for changes waits for the first one. */
export const changesWaitMillisMax = 30_000;

/** One announced change of what a channel should show. `sequence` grows over everything; it is the feed's cursor. */
export type Change = {
  readonly sequence: number;
  readonly sku: string;
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly held: number;
  /** Of them those whose holds name their listing, by listing (`42`, `42:7`); left out: none. Of a bundle in bundles. */
  readonly heldByListing?: Readonly<Record<string, number>>;
  readonly state: Availability['state'];
  readonly position: Position;
  readonly announcedAt: Instant;
};

export type ChangesRequest = {
  /** Changes with a higher sequence; 0 for all that are kept (see `lastSequence`). */
  readonly after: number;
  readonly channel?: string | undefined;
  readonly limit: number;
  /** Wait this long for the first change, 0 for not at all; at most `changesWaitMillisMax`. */
  readonly waitMillis?: number;
  readonly signal?: AbortSignal;
};

export type NewestAsked = { readonly after: number; readonly upTo: number; readonly limit: number };
