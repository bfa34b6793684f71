import { seal } from '../chain/seal.js';
import type { DomainEvent, EventMetadata, Revision, SealedEvent } from '../event.js';
import { laterOf, type Instant } from '../instant.js';
import type { Envelope } from '../kernel.js';
import { addToDraft, draftOf, type IdDraft } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import type { Decided, Flight, Lane, Pending, Standing } from './lane.js';

/** What a lane's commands may still add to the append that is being put together. */
export type Room = { readonly events: number; readonly units: number; readonly commands: number };

/** A flight in the making. */
export type Draft = {
  readonly lane: Lane;
  readonly base: Standing;
  readonly now: Instant;
  readonly recordedAt: Instant;
  readonly ids: IdDraft;
  readonly room: Room;
  readonly events: SealedEvent[];
  readonly decided: Decided[];
  state: unknown;
  revision: Revision;
  hash: string;
  units: number;
  /** As the store counts, where it has a limit; else 0. */
  bytes: number;
};

/** An empty flight on where its lane stands, or will when the flight in the air has landed. */
export const begin = (parts: KernelParts, lane: Lane, base: Standing, room: Room): Draft => {
  const now = parts.clock.now();
  const { state, revision, hash, recordedAt } = base;
  const ids = draftOf(lane.ids, lane.flight?.draft);
  const events: SealedEvent[] = [];
  return {
    lane,
    base,
    now,
    recordedAt: laterOf(now, recordedAt),
    ids,
    room,
    events,
    decided: [],
    state,
    revision,
    hash,
    units: 0,
    bytes: 0,
  };
};

/** What has been decided, ready to be appended. */
export const flightOf = ({
  lane,
  base,
  events,
  decided,
  recordedAt,
  ids,
  state,
  revision,
  hash,
  units,
}: Draft): Flight => {
  const after = events.length === 0 ? base : { state, revision, hash, recordedAt };
  return { lane, base, events, decided, after, draft: ids, units };
};

/** One command's events go together or not at all: what no append can carry is told so, and stores nothing. */
export class CommandTooLargeError extends Error {
  override readonly name = 'CommandTooLargeError';
  readonly bytes: number;
  readonly bytesMax: number;
  constructor(bytes: number, bytesMax: number) {
    super(`a command's events have ${bytes} bytes, and an append at most ${bytesMax}`);
    this.bytes = bytes;
    this.bytesMax = bytesMax;
  }
}

/** Seals and folds one command's events at the end of the draft; false when they do not fit into this append. */
export const put = (
  parts: KernelParts,
  draft: Draft,
  { envelope }: Pending,
  events: readonly DomainEvent[],
  commandHash: string | undefined,
): boolean => {
  const { lane } = draft;
  const { kind, stream } = lane;
  const mark = draft.events.length;
  const limit = parts.store.capabilities.appendLimit;
  let { state, revision, hash, units, bytes } = draft;
  for (const event of events) {
    revision += 1;
    const metadata = metadataOf(envelope, commandHash, event.occurredAt, draft.recordedAt);
    const place = { stream, revision, previousHash: hash };
    const sealed = seal(parts.digest, place, event, kind.schemaVersionOf(event.type), metadata);
    draft.events.push(sealed);
    state = kind.decider.evolve(state, event) as unknown;
    hash = sealed.hash;
    units += sealed.canonical.length;
    bytes += limit?.bytesOf(sealed) ?? 0;
  }
  if (!fits(parts, draft, mark, { units, bytes })) {
    draft.events.length = mark;
    return false;
  }
  noteUndone(draft, events);
  draft.state = state;
  draft.revision = revision;
  draft.hash = hash;
  draft.units = units;
  draft.bytes = bytes;
  return true;
};

type Size = Pick<Draft, 'units' | 'bytes'>;

/** The first command of a flight fits unless it never would, so that none waits for ever. */
const fits = ({ bounds, store }: KernelParts, draft: Draft, mark: number, { units, bytes }: Size): boolean => {
  const bytesMax = store.capabilities.appendLimit?.bytesMax ?? Number.POSITIVE_INFINITY;
  if (bytes - draft.bytes > bytesMax) throw new CommandTooLargeError(bytes - draft.bytes, bytesMax);
  if (units - draft.units > bounds.commandUnitsMax)
    throw new Error(`a command of ${units - draft.units} units of events`);
  if (mark === 0) return true;
  const eventsMax = Math.min(bounds.eventsPerStreamMax, draft.room.events);
  const unitsMax = Math.min(bounds.unitsPerStreamMax, draft.room.units);
  return draft.events.length <= eventsMax && units <= unitsMax && bytes <= bytesMax;
};

const noteUndone = ({ lane, ids }: Draft, events: readonly DomainEvent[]): void => {
  const { undoneBy } = lane.kind;
  if (undoneBy === undefined) return;
  for (const event of events) {
    const undone = undoneBy(event);
    if (undone !== undefined) addToDraft(ids, undone, 'undone');
  }
};

/** In the order of its canonical text. Two literals: members that join an object later cost more than they say. */
const metadataOf = (
  { commandId, source, actor, correlationId, causationId }: Envelope<unknown>,
  commandHash: string | undefined,
  occurredAt: Instant,
  recordedAt: Instant,
): EventMetadata => {
  const metadata =
    commandHash === undefined
      ? { actor, commandId, correlationId, occurredAt, recordedAt, source }
      : { actor, commandHash, commandId, correlationId, occurredAt, recordedAt, source };
  return causationId === undefined ? metadata : { ...metadata, causationId };
};
