import type { AppendOutcome, EventStore, Write } from './event-store.js';

/**
 * The one call of `EventStore.append`: lanes come here with what they have decided, the copy of a log with what another
 * engine holds. Whoever else wants to append has decided something beside the lanes.
 */
export const appendWrites = (store: EventStore, writes: readonly Write[]): Promise<readonly AppendOutcome[]> =>
  store.append(writes);
