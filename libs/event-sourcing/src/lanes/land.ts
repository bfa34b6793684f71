import type { AppendOutcome } from '../event-store.js';
import type { Position } from '../event.js';
import { preparedIn } from './answers.js';
import type { Board } from './board.js';
import { ground, pendingsOf, type Committing } from './committing.js';
import { foldOn } from './fold.js';
import { keepDraft } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import { isOpening, dropStanding, type Flight, type Lane } from './lane.js';
import { failLane } from './load-lanes.js';

/** Does with a flight what the store says of it; what is wrong with one fails that one alone. */
export const land = (committing: Committing, flight: Flight, outcome: AppendOutcome | undefined): void => {
  const { lane } = flight;
  lane.flight = undefined;
  if (outcome?.kind !== 'appended') ground(committing, lane);
  try {
    if (outcome === undefined) throw new Error('the store answered fewer outcomes than writes');
    if (outcome.kind === 'appended') landAppended(committing, flight, outcome.revision, outcome.position);
    else landConflict(committing, flight, outcome);
  } catch (error) {
    committing.parts.onMetric({ kind: 'bug', error });
    ground(committing, lane);
    for (const { pending } of flight.decided) pending.fail(error);
    failLane(lane, error);
  }
  lane.flight = lane.ahead;
  lane.ahead = undefined;
  committing.board().evaluate(lane);
};

const landAppended = (
  { parts, board, onCommitted, landed }: Committing,
  flight: Flight,
  revision: number,
  position: Position,
): void => {
  const { lane, base, after, draft, events } = flight;
  if (revision !== after.revision)
    throw new Error(`${lane.stream}: stored up to ${revision}, decided up to ${after.revision}`);
  lane.conflictsInSuccession = 0;
  lane.commandsMax = Math.min(lane.commandsMax * 2, parts.bounds.commandsPerStreamMax);
  // Where the standing was dropped meanwhile, the memory of ids went with it: what is known now would not be the whole.
  if (lane.standing === base) {
    lane.standing = after;
    keepDraft(draft, revision + 1, parts.bounds.rememberedIdsPerStreamMax);
  }
  const prepared = preparedIn(flight);
  if (isOpening(base.revision + 1)) for (const pending of prepared) pending.hasOpened = true;
  board().putBack(lane, prepared);
  onCommitted(lane, events.length);
  landed.push({ flight, last: position });
};

/** Others were first: their events are folded, and the same commands are decided again. */
const landConflict = (
  { parts, board }: Committing,
  flight: Flight,
  { tail, complete }: Extract<AppendOutcome, { kind: 'conflict' }>,
): void => {
  const { lane, base } = flight;
  lane.conflictsInSuccession += 1;
  parts.onMetric({ kind: 'conflict', stream: lane.stream, inSuccession: lane.conflictsInSuccession });
  board().putBack(lane, pendingsOf(flight));
  if ((tail.length === 0 && complete) || lane.standing !== base) {
    // A conflict with nobody: what we believe of the stream is wrong. Or it was dropped meanwhile.
    dropStanding(lane);
  } else {
    lane.standing = foldOn(lane.kind, base, tail, lane.ids, parts.bounds.rememberedIdsPerStreamMax);
    lane.isBehind = !complete;
  }
  if (lane.conflictsInSuccession > 1) void rest(parts, board, lane);
};

/** Lets the others pass: longer each time, and by chance, or two that always meet would meet for ever. */
const rest = async ({ clock, random, bounds }: KernelParts, board: () => Board, lane: Lane): Promise<void> => {
  lane.isResting = true;
  const millis = Math.min(2 ** lane.conflictsInSuccession, bounds.conflictRestMillisMax);
  await clock.sleep(millis * random());
  lane.isResting = false;
  board().evaluate(lane);
};
