import { genesisHash } from '../chain/seal.js';
import { NO_STREAM, type RecordedEvent } from '../event.js';
import { rememberEvent, type IdMemory } from './id-memory.js';
import { domainEventOf, type AnyKind, type Standing } from './lane.js';

/** Before the first event of a stream. */
export const emptyStanding = (kind: AnyKind): Standing => ({
  state: kind.decider.initialState() as unknown,
  revision: NO_STREAM,
  hash: genesisHash,
  recordedAt: '',
});

/**
 * Where the stream stands after these events, which must follow one by one; their ids go into `ids`.
 * @throws what evolve throws (an unknown event type), and Error when an event is missing.
 */
export const foldOn = (
  kind: AnyKind,
  base: Standing,
  events: readonly RecordedEvent[],
  ids: IdMemory,
  idsMax: number,
): Standing => {
  let { state, revision } = base;
  for (const event of events) {
    if (event.revision !== revision + 1) throw new Error(`${event.stream}@${revision + 1} is missing`);
    state = kind.decider.evolve(state, domainEventOf(event)) as unknown;
    revision = event.revision;
    rememberEvent(ids, event, kind.undoneBy?.(domainEventOf(event)), idsMax);
  }
  const last = events.at(-1);
  return last === undefined ? base : { state, revision, hash: last.hash, recordedAt: last.metadata.recordedAt };
};
