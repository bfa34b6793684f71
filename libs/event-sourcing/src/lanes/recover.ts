import { StoreUnavailableError, UnknownOutcomeError } from '../event-store.js';
import { ground, pendingsOf, type Committing } from './committing.js';
import { dropStanding, type Flight } from './lane.js';

type Append = (committing: Committing, flights: readonly Flight[]) => Promise<boolean>;

/** What follows an append that the store had no answer for. `append`: tries some of its flights again. */
export const recover = async (
  committing: Committing,
  flights: readonly Flight[],
  error: unknown,
  append: Append,
): Promise<void> => {
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
  return halve(committing, flights, error, append);
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
const halve = async (
  committing: Committing,
  flights: readonly Flight[],
  error: unknown,
  append: Append,
): Promise<void> => {
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
