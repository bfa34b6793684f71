import type { ObservationEvent, Row, RunHeader, RunJudged } from './events.js';

/**
 * Where a run is. `held` waits for a person, in part where some of its rows have been released; `released`: all of them;
 * `rejected`: what had not been released never will be.
 */
export type RunStanding = 'accepted' | 'held' | 'released' | 'rejected';

/** A run as its stream tells it; null before it has arrived. Plain JSON: a snapshot of it is itself. */
export type RunState = {
  readonly header: RunHeader;
  readonly hash: string;
  readonly rows: readonly Row[];
  readonly standing: RunStanding;
  readonly judged: Pick<RunJudged['data'], 'reasons' | 'evidence'> | null;
  readonly released: readonly string[];
} | null;

export const headerOf = ({ connection, run, location, asOf, basis, kind, rowCount }: RunHeader): RunHeader => ({
  connection,
  run,
  location,
  asOf,
  basis,
  kind,
  rowCount,
});

const unknownEvent = (event: never): never => {
  throw new Error(`this version does not know the observation event ${JSON.stringify(event)}`);
};

const missingStart = (event: ObservationEvent): never => {
  throw new Error(`${event.type} came before its run`);
};

/** @throws on an event that this version does not know, and on one before its run */
export const evolveRun = (state: RunState, event: ObservationEvent): RunState => {
  if (event.type === 'RunReceived') {
    const { hash, rows } = event.data;
    if (state !== null) return { ...state, rows: [...state.rows, ...rows] };
    return { header: headerOf(event.data), hash, rows, standing: 'held', judged: null, released: [] };
  }
  if (state === null) return missingStart(event);
  switch (event.type) {
    case 'RunJudged': {
      const { verdict, reasons, evidence } = event.data;
      return { ...state, standing: verdict, judged: { reasons, evidence } };
    }
    case 'RunReleased': {
      const { skus, rest } = event.data;
      return { ...state, standing: rest === 0 ? 'released' : 'held', released: [...state.released, ...skus] };
    }
    case 'RunRejected':
      return { ...state, standing: 'rejected' };
    default:
      return unknownEvent(event);
  }
};
