import type { Decision } from '../decider.js';
import { seal } from '../chain/seal.js';
import type { DomainEvent, EventMetadata, Revision, SealedEvent } from '../event.js';
import { NO_STREAM } from '../event.js';
import { laterOf, type Instant } from '../instant.js';
import type { Envelope } from '../kernel.js';
import { addToDraft, draftOf, recallInDraft, type Accepted, type IdDraft } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import type { Decided, Flight, Lane, Pending, Standing } from './lane.js';
import { needsAsking } from './needs-asking.js';

/** What a lane's commands may still add to the append that is being put together. */
export type Room = { readonly events: number; readonly units: number; readonly commands: number };

/** A flight in the making. */
type Draft = {
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

/** `taken`: the command has left the queue. `stays`: it and all behind it wait. `last`: taken, and the flight is full. */
type Step = 'taken' | 'stays' | 'last';

/**
 * Decides the commands of a ready lane in their order, each on what those before it leave behind, until the bounds of one
 * append or the end of the queue. A lane whose flight is in the air is decided on what that will leave behind. Answers at
 * once only what rests on no decision: passed deadlines and decide's own bugs.
 */
export const decideLane = (parts: KernelParts, lane: Lane, room: Room): Flight | undefined => {
  const base = lane.flight?.after ?? lane.standing;
  if (base === undefined) return undefined;
  const commandsMax = Math.min(lane.commandsMax, room.commands);
  const draft = begin(parts, lane, base, room);
  let taken = 0;
  while (taken < lane.queue.length && draft.decided.length < commandsMax) {
    const step = consider(parts, draft, lane.queue[taken] as Pending);
    if (step === 'stays') break;
    taken += 1;
    if (step === 'last') break;
  }
  if (taken === 0) return undefined;
  lane.queue = lane.queue.slice(taken);
  return flightOf(draft);
};

const begin = (parts: KernelParts, lane: Lane, base: Standing, room: Room): Draft => {
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

const flightOf = ({ lane, base, events, decided, recordedAt, ids, state, revision, hash, units }: Draft): Flight => {
  const after = events.length === 0 ? base : { state, revision, hash, recordedAt };
  return { lane, base, events, decided, after, draft: ids, units };
};

const consider = (parts: KernelParts, draft: Draft, pending: Pending): Step => {
  const { lane, now } = draft;
  const isLate = pending.envelope.deadline < now;
  // Of an unknown outcome a look into the stream may still tell, so those are looked up first.
  if (isLate && pending.trouble !== 'outcome_unknown') return answerLate(parts, lane, pending);
  if (needsAsking(lane.kind, draft.state, draft.ids, pending))
    return isLate ? answerLate(parts, lane, pending) : 'stays';
  const before = acceptedBefore(draft, pending);
  if (before !== undefined) return answerBefore(draft, pending, before);
  return isLate ? answerLate(parts, lane, pending) : decideOne(parts, draft, pending);
};

const answerLate = (parts: KernelParts, lane: Lane, pending: Pending): Step => {
  answerDeadline(parts, lane, pending);
  return 'taken';
};

/** The deadline has passed: what is known of the reason is the answer. */
export const answerDeadline = ({ onMetric }: KernelParts, { stream }: Lane, pending: Pending): void => {
  onMetric({ kind: 'deadline_exceeded', stream });
  pending.answer({ kind: pending.trouble === 'none' ? 'deadline_exceeded' : pending.trouble });
};

const acceptedBefore = (draft: Draft, { envelope, acceptedBefore: indexed }: Pending): Accepted | undefined => {
  if (envelope.guard !== 'id') return undefined;
  const remembered = recallInDraft(draft.ids, envelope.commandId);
  return remembered === 'undone' ? undefined : (remembered ?? indexed);
};

const answerBefore = (draft: Draft, pending: Pending, before: Accepted): Step => {
  const { state, revision, hash, recordedAt } = draft;
  const standing = { state, revision, hash, recordedAt };
  const isSame = before.hash === pending.hash;
  draft.decided.push(isSame ? { kind: 'repeated', pending, before, standing } : { kind: 'reused', pending });
  return 'taken';
};

const decideOne = (parts: KernelParts, draft: Draft, pending: Pending): Step => {
  const mark = draft.events.length;
  try {
    return take(parts, draft, pending, decide(draft, pending));
  } catch (error) {
    draft.events.length = mark;
    if (error instanceof CommandTooLargeError) return answerTooLarge(parts, draft.lane, pending, error);
    parts.onMetric({ kind: 'decide_failed', stream: draft.lane.stream, error });
    pending.fail(error);
    return 'taken';
  }
};

/** One command's events go together or not at all: what no append can carry is told so, and stores nothing. */
class CommandTooLargeError extends Error {
  override readonly name = 'CommandTooLargeError';
  readonly bytes: number;
  readonly bytesMax: number;
  constructor(bytes: number, bytesMax: number) {
    super(`a command's events have ${bytes} bytes, and an append at most ${bytesMax}`);
    this.bytes = bytes;
    this.bytesMax = bytesMax;
  }
}

const answerTooLarge = (
  { onMetric }: KernelParts,
  { stream }: Lane,
  pending: Pending,
  { bytes, bytesMax }: CommandTooLargeError,
): Step => {
  onMetric({ kind: 'too_large', stream, bytes, bytesMax });
  pending.answer({ kind: 'too_large', bytes, bytesMax });
  return 'taken';
};

const decide = ({ lane, recordedAt, state }: Draft, { envelope, known }: Pending): Decision<DomainEvent, unknown> =>
  lane.kind.decider.decide(
    { command: envelope.command, now: recordedAt, policy: lane.policy(lane.stream), known },
    state,
  );

const take = (parts: KernelParts, draft: Draft, pending: Pending, decision: Decision<DomainEvent, unknown>): Step => {
  const { revision } = draft;
  switch (decision.kind) {
    case 'accepted':
      return takeAccepted(parts, draft, pending, decision.events);
    case 'refused':
      draft.decided.push({ kind: 'refused', pending, refusal: decision.refusal, revision });
      return 'taken';
    case 'prepared':
      return takePrepared(parts, draft, pending, decision.events);
    default:
      return decision satisfies never;
  }
};

const takeAccepted = (parts: KernelParts, draft: Draft, pending: Pending, events: readonly DomainEvent[]): Step => {
  const from = draft.events.length;
  if (!put(parts, draft, pending, events, pending.hash)) return 'stays';
  const { state, revision } = draft;
  draft.decided.push({ kind: 'accepted', pending, from, to: draft.events.length, state, revision });
  if (pending.hash !== undefined && events.length > 0) {
    const first = revision - events.length + 1;
    addToDraft(draft.ids, pending.envelope.commandId, { hash: pending.hash, first, last: revision });
  }
  return 'taken';
};

/** Preparing events fly alone and without the command's hash: they do not make its id an accepted one. */
const takePrepared = (parts: KernelParts, draft: Draft, pending: Pending, events: readonly DomainEvent[]): Step => {
  if (draft.decided.length > 0 || draft.events.length > 0) return 'stays';
  pending.preparations += 1;
  if (events.length === 0 || pending.preparations > parts.bounds.preparationsMax) {
    throw new Error(`${pending.envelope.commandId} prepares without end`);
  }
  put(parts, draft, pending, events, undefined);
  draft.decided.push({ kind: 'prepared', pending });
  return 'last';
};

/** Seals and folds one command's events at the end of the draft; false when they do not fit into this append. */
const put = (
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

export const isOpening = (revision: Revision): boolean => revision === NO_STREAM + 1;
