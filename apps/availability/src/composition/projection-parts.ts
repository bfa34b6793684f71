import type { Clock, EventStore, Random } from '#event-sourcing';
import type { Pool } from '#postgres';
import type { ProjectionName } from '#read-model';

/** What projections are run with. */
export type ProjectionParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly pool: Pool;
  /** Of the service's role: whoever leads a projection has a session of its own. */
  readonly url: string;
  readonly signal: AbortSignal;
  /** After each batch that was written here. */
  readonly onApplied: (name: ProjectionName) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
};
