import { appendWrites } from '../append-writes.js';
import { createBackoff } from '../backoff.js';
import type { AppendOutcome, Write } from '../event-store.js';
import { answerFlight, type ReadBack } from './answers.js';
import type { Board } from './board.js';
import { pendingsOf, type Committing } from './committing.js';
import type { KernelParts } from './kernel-parts.js';
import { land } from './land.js';
import type { Flight, Lane } from './lane.js';
import { createPump, type Pump } from './pump.js';
import { recover } from './recover.js';
import { takeAhead, takeFlights, type OnEmpty } from './take-flights.js';

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
  committing.landed.push({ flight: keepFresh(committing, flight), last: undefined });
  committing.board().evaluate(lane);
  return false;
};

const answerLanded = ({ parts, readBack, landed }: Committing): void => {
  for (const { flight, last } of landed.splice(0)) answerFlight(parts.store, flight, last, readBack);
};

/** Nothing to append: what was decided, was decided on what is committed. */
const landEmpty = (committing: Committing, lane: Lane, flight: Flight | undefined): void => {
  const { parts, board, readBack } = committing;
  lane.wasUsed = true;
  if (flight !== undefined) answerFlight(parts.store, keepFresh(committing, flight), undefined, readBack);
  board().evaluate(lane);
};

/**
 * Of a flight without events what may be answered. The rest came after the stream was read last: somebody else may have
 * changed it before, and it is decided again when it has been read on. Nothing was changed by it, so their order is free.
 */
const keepFresh = ({ board }: Committing, flight: Flight): Flight => {
  const stale = flight.decided.filter(({ pending }) => !pending.isFresh);
  if (stale.length === 0) return flight;
  const { lane } = flight;
  lane.isBehind = true;
  board().putBack(
    lane,
    stale.map(({ pending }) => pending),
  );
  return { ...flight, decided: flight.decided.filter(({ pending }) => pending.isFresh) };
};

const writeOf = ({ lane, base, events }: Flight): Write => ({
  stream: lane.stream,
  expectedRevision: base.revision,
  events,
});

/** Appends, and does with every flight what the store says of it; false when the store had no answer for them. */
const append = async (committing: Committing, flights: readonly Flight[]): Promise<boolean> => {
  const appending = appendWrites(committing.parts.store, flights.map(writeOf));
  // Outside of what is caught: only the store's own word tells what became of this append.
  answerLanded(committing);
  let outcomes: readonly AppendOutcome[];
  try {
    outcomes = await appending;
  } catch (error) {
    await recover(committing, flights, error, append);
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
