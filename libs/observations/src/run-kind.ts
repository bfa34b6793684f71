import type { Decider, Known, StreamKind } from '#event-sourcing';
import type { RunCommand, RunPolicy, RunRefusal } from './commands.js';
import { decideRun } from './decide.js';
import type { ObservationEvent } from './events.js';
import { evolveRun, type RunState } from './state.js';

export const runDecider: Decider<RunState, RunCommand, ObservationEvent, RunRefusal, RunPolicy, Known<never>> = {
  initialState: () => null,
  decide: decideRun,
  evolve: evolveRun,
};

/** Runs have the streams `observation-<connection>-<run>`. */
export const observationPrefix = 'observation';
export const observationStream = (connection: string, run: string): string =>
  `${observationPrefix}-${connection}-${run}`;

/** A run holds no facts by key: its own key is its stream. Its rows count as what a state is evicted for. */
export const runKind: StreamKind<RunState, RunCommand, ObservationEvent, RunRefusal, RunPolicy, never> = {
  prefix: observationPrefix,
  decider: runDecider,
  schemaVersionOf: () => 1,
  factKeysOf: () => [],
  remembersFact: () => false,
  factsRememberedFrom: () => 0,
  forgetFacts: (state) => state,
  factCountOf: (state) => state?.rows.length ?? 0,
  snapshot: {
    foldVersion: 1,
    encode: (state) => state,
    entryCountOf: (state) => state?.rows.length ?? 0,
    decode: (value) => value as RunState,
  },
};
