import { createBackoff, type Backoff } from '../backoff.js';
import { StoreUnavailableError, UnknownOutcomeError, type AppendOutcome, type Write } from '../event-store.js';
import type { Position } from '../event.js';
import { answerFlight, type ReadBack } from './answers.js';
import type { Board } from './board.js';
import { decideLane } from './decide-lane.js';
import { foldOn } from './fold.js';
import { keepDraft } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import { dropStanding, type Flight, type Lane, type Pending } from './lane.js';
import { failLane } from './load-lanes.js';
import { createPump, type Pump } from './pump.js';

/** What the committer works with. */
type Committing = {
  readonly parts: KernelParts;
  readonly board: () => Board;
  readonly readBack: ReadBack;
  readonly backoff: Backoff;
  /** A lane's state has moved on by a commit of its own. */
  readonly onCommitted: (lane: Lane, events: number) => void;
};

/**
 * Group commit: decides whatever lanes are ready and appends it in one round trip, one append at a time. No timers: what
 * arrives during an append makes the next one.
 */
export const createCommitter = (
  parts: KernelParts,
  board: () => Board,
  readBack: ReadBack,
  onCommitted: Committing['onCommitted'],
): Pump => {
  const backoff = createBackoff(parts.clock, parts.random, parts.bounds);
  const committing: Committing = { parts, board, readBack, backoff, onCommitted };
  const work = async (): Promise<void> => {
    await parts.gather();
    const flights = takeFlights(committing);
    if (flights.length > 0) await append(committing, flights);
  };
  return createPump(
    () => board().ready.size > 0,
    work,
    (error) => parts.onMetric({ kind: 'bug', error }),
  );
};

/** Decides ready lanes until the bounds of one append. Lanes left out stay ready and come first next time. */
const takeFlights = (committing: Committing): readonly Flight[] => {
  const { parts, board } = committing;
  const { bounds } = parts;
  const { ready } = board();
  const flights: Flight[] = [];
  const room = { events: bounds.eventsPerAppendMax, units: bounds.unitsPerAppendMax };
  for (const lane of ready) {
    if (flights.length >= bounds.streamsPerAppendMax || room.events <= 0 || room.units <= 0) break;
    ready.delete(lane);
    const flight = decideLane(parts, lane, room);
    if (flight === undefined || flight.events.length === 0) {
      landEmpty(committing, lane, flight);
      continue;
    }
    lane.flight = flight;
    flights.push(flight);
    room.events -= flight.events.length;
    room.units -= flight.units;
  }
  return flights;
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

const append = async (committing: Committing, flights: readonly Flight[]): Promise<void> => {
  let outcomes: readonly AppendOutcome[];
  try {
    outcomes = await committing.parts.store.append(flights.map(writeOf));
  } catch (error) {
    return recover(committing, flights, error);
  }
  committing.backoff.succeeded();
  reportAppended(committing.parts, flights);
  flights.forEach((flight, index) => land(committing, flight, outcomes[index]));
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
  try {
    if (outcome === undefined) throw new Error('the store answered fewer outcomes than writes');
    if (outcome.kind === 'appended') landAppended(committing, flight, outcome.revision, outcome.position);
    else landConflict(committing, flight, outcome);
  } catch (error) {
    committing.parts.onMetric({ kind: 'bug', error });
    for (const { pending } of flight.decided) pending.fail(error);
    failLane(lane, error);
  }
  committing.board().evaluate(lane);
};

const landAppended = (
  { parts, board, readBack, onCommitted }: Committing,
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
  board().putBack(lane, answerFlight(parts.store, flight, position, readBack));
  onCommitted(lane, events.length);
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
  { board, backoff }: Committing,
  flights: readonly Flight[],
  trouble: 'unavailable' | 'outcome_unknown',
): Promise<void> => {
  for (const flight of flights) {
    const { lane } = flight;
    lane.flight = undefined;
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
const failHalf = ({ board }: Committing, flight: Flight, error: unknown): void => {
  const { lane, decided } = flight;
  lane.flight = undefined;
  if (decided.length <= 1) for (const { pending } of decided) pending.fail(error);
  else {
    lane.commandsMax = Math.ceil(decided.length / 2);
    board().putBack(lane, pendingsOf(flight));
  }
  board().evaluate(lane);
};
