import { createBackoff, type Backoff } from '../backoff.js';
import { StoreUnavailableError, UnknownOutcomeError, type AppendOutcome, type Write } from '../event-store.js';
import type { Position } from '../event.js';
import { answerFlight, preparedIn, type ReadBack } from './answers.js';
import type { Board } from './board.js';
import { foldOn } from './fold.js';
import { keepDraft } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import { dropStanding, type Flight, type Lane, type Pending } from './lane.js';
import { failLane } from './load-lanes.js';
import { createPump, type Pump } from './pump.js';
import { takeAhead, takeFlights, type OnEmpty } from './take-flights.js';

/** What the committer works with. */
type Committing = {
  readonly parts: KernelParts;
  readonly board: () => Board;
  readonly readBack: ReadBack;
  readonly backoff: Backoff;
  /** A lane's state has moved on by a commit of its own. */
  readonly onCommitted: (lane: Lane, events: number) => void;
  /** Committed, and not yet answered. */
  readonly landed: Landed[];
};

/** `last`: the position of its last event; undefined: it had none. */
type Landed = { readonly flight: Flight; readonly last: Position | undefined };

/**
 * Group commit: decides whatever lanes are ready and appends it in one round trip, one append at a time. No timers: what
 * arrives during an append makes the next one. It is decided while the append is in the air, on what that will leave
 * behind, and sent when that has landed; when it has not, its commands are decided anew. Callers are answered when the
 * next append is on its way: what they do with their answers would keep the store waiting.
 */
export const createCommitter = (
  parts: KernelParts,
  board: () => Board,
  readBack: ReadBack,
  onCommitted: Committing['onCommitted'],
): Pump => {
  const backoff = createBackoff(parts.clock, parts.random, parts.bounds);
  const committing: Committing = { parts, board, readBack, backoff, onCommitted, landed: [] };
  const onEmpty: OnEmpty = (lane, flight) => landEmpty(committing, lane, flight);
  const decideAhead = async (inTheAir: readonly Flight[]): Promise<readonly Flight[]> => {
    await parts.gather();
    return takeAhead(parts, board(), onEmpty, inTheAir);
  };
  const fly = async (flights: readonly Flight[]): Promise<readonly Flight[]> => {
    const [wasAnswered, ahead] = await Promise.all([append(committing, flights), decideAhead(flights)]);
    if (!wasAnswered) for (const flight of ahead) callBack(committing, flight);
    return ahead.filter((flight) => isStillToFly(committing, flight));
  };
  const work = async (): Promise<void> => {
    await parts.gather();
    let flights = takeFlights(parts, board(), onEmpty);
    try {
      while (flights.length > 0) flights = await fly(flights);
    } finally {
      answerLanded(committing);
    }
  };
  return createPump(
    () => board().ready.size > 0,
    work,
    (error) => parts.onMetric({ kind: 'bug', error }),
  );
};

/** Decided before the store was lost for a while: time has passed, and it is decided anew. */
const callBack = ({ board }: Committing, flight: Flight): void => {
  const { lane } = flight;
  if (lane.flight !== flight) return;
  lane.flight = undefined;
  board().putBack(lane, pendingsOf(flight));
  board().evaluate(lane);
};

/** Those decided ahead of a flight that did not land have gone back; those without events rest on what has landed now. */
const isStillToFly = (committing: Committing, flight: Flight): boolean => {
  const { lane } = flight;
  if (lane.flight !== flight) return false;
  if (flight.events.length > 0) return true;
  lane.flight = undefined;
  committing.landed.push({ flight, last: undefined });
  committing.board().evaluate(lane);
  return false;
};

const answerLanded = ({ parts, readBack, landed }: Committing): void => {
  for (const { flight, last } of landed.splice(0)) answerFlight(parts.store, flight, last, readBack);
};

/** Nothing to append: what was decided, was decided on what is committed. */
const landEmpty = ({ parts, board, readBack }: Committing, lane: Lane, flight: Flight | undefined): void => {
  lane.wasUsed = true;
  if (flight !== undefined) answerFlight(parts.store, flight, undefined, readBack);
  board().evaluate(lane);
};

const writeOf = ({ lane, base, events }: Flight): Write => ({
  stream: lane.stream,
  expectedRevision: base.revision,
  events,
});

/** Appends, and does with every flight what the store says of it; false when the store had no answer for them. */
const append = async (committing: Committing, flights: readonly Flight[]): Promise<boolean> => {
  const appending = committing.parts.store.append(flights.map(writeOf));
  // Outside of what is caught: only the store's own word tells what became of this append.
  answerLanded(committing);
  let outcomes: readonly AppendOutcome[];
  try {
    outcomes = await appending;
  } catch (error) {
    await recover(committing, flights, error);
    return false;
  }
  committing.backoff.succeeded();
  reportAppended(committing.parts, flights);
  flights.forEach((flight, index) => land(committing, flight, outcomes[index]));
  return true;
};

const reportAppended = ({ onMetric }: KernelParts, flights: readonly Flight[]): void => {
  let events = 0;
  let commands = 0;
  for (const flight of flights) {
    events += flight.events.length;
    commands += flight.decided.length;
  }
  onMetric({ kind: 'appended', streams: flights.length, events, commands });
};

const land = (committing: Committing, flight: Flight, outcome: AppendOutcome | undefined): void => {
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

/** What was decided ahead rests on what has not come: its commands go back to the front, in their order. */
const ground = ({ board }: Committing, lane: Lane): void => {
  const { ahead } = lane;
  lane.ahead = undefined;
  if (ahead !== undefined) board().putBack(lane, pendingsOf(ahead));
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
  board().putBack(lane, preparedIn(flight));
  onCommitted(lane, events.length);
  landed.push({ flight, last: position });
};

const pendingsOf = ({ decided }: Flight): readonly Pending[] => decided.map(({ pending }) => pending);

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

const recover = async (committing: Committing, flights: readonly Flight[], error: unknown): Promise<void> => {
  const { onMetric } = committing.parts;
  if (error instanceof UnknownOutcomeError) {
    onMetric({ kind: 'outcome_unknown', streams: flights.length, error });
    return flyBack(committing, flights, 'outcome_unknown');
  }
  if (error instanceof StoreUnavailableError) {
    onMetric({ kind: 'store_unavailable', error });
    return flyBack(committing, flights, 'unavailable');
  }
  onMetric({ kind: 'append_failed', streams: flights.length, error });
  return halve(committing, flights, error);
};

/** All commands return to their lanes; of an unknown outcome nothing that we believed of the streams is kept. */
const flyBack = async (
  committing: Committing,
  flights: readonly Flight[],
  trouble: 'unavailable' | 'outcome_unknown',
): Promise<void> => {
  const { board, backoff } = committing;
  for (const flight of flights) {
    const { lane } = flight;
    lane.flight = undefined;
    ground(committing, lane);
    for (const pending of pendingsOf(flight)) if (pending.trouble !== 'outcome_unknown') pending.trouble = trouble;
    board().putBack(lane, pendingsOf(flight));
    if (trouble === 'outcome_unknown') dropStanding(lane);
  }
  await backoff.wait();
  for (const { lane } of flights) board().evaluate(lane);
};

/** Something in this append cannot be stored. Whoever it is shall fail alone. */
const halve = async (committing: Committing, flights: readonly Flight[], error: unknown): Promise<void> => {
  const [only, ...others] = flights;
  if (only !== undefined && others.length === 0) return failHalf(committing, only, error);
  const middle = Math.ceil(flights.length / 2);
  await append(committing, flights.slice(0, middle));
  await append(committing, flights.slice(middle));
};

/** One stream: its commands are decided again, half as many at a time; a single one fails. */
const failHalf = (committing: Committing, flight: Flight, error: unknown): void => {
  const { board } = committing;
  const { lane, decided } = flight;
  lane.flight = undefined;
  ground(committing, lane);
  if (decided.length <= 1) for (const { pending } of decided) pending.fail(error);
  else {
    lane.commandsMax = Math.ceil(decided.length / 2);
    board().putBack(lane, pendingsOf(flight));
  }
  board().evaluate(lane);
};
