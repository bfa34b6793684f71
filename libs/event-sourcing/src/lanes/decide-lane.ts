import type { Decision } from '../decider.js';
import type { DomainEvent } from '../event.js';
import { begin, CommandTooLargeError, flightOf, put, type Draft, type Room } from './draft.js';
import { addToDraft, recallInDraft, type Accepted } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import type { Flight, Lane, Pending } from './lane.js';
import { needsAsking } from './needs-asking.js';

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
