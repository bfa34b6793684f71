import { partitionState, type Offset, type PartitionBounds, type PartitionStatus } from '#messaging';
import { lookAgain, wakeIfReset } from './check.js';
import type { Fetched } from './incoming.js';
import { isAlarmed, lagOf, restart, type IntakeParts, type Reader, type Run, type State } from './intake-state.js';
import { takeSafely } from './take.js';

/** One partition while it is ours: what is handled, where it stands, and what is wrong with it. */
export type Intake = {
  readonly topic: string;
  readonly partition: number;
  readonly status: () => PartitionStatus;
  /** Handles what was fetched as far as it is new. Never rejects. */
  readonly take: (fetched: Fetched, reader: Reader) => Promise<void>;
  /** Compares the position with what the partition holds, when nothing is being handled. @throws when one cannot be asked */
  readonly look: (bounds: PartitionBounds, reader: Pick<Reader, 'seek' | 'pause'>, verify: boolean) => Promise<void>;
  /** The client has lost its place, or another one fetches: everything is checked anew. */
  readonly restart: () => void;
  /** The client has gone past what is no message. */
  readonly passed: (last: Offset) => void;
  /** Goes on when somebody has reset the position after an alarm; true when it does. */
  readonly wakeIfReset: (reader: Pick<Reader, 'seek' | 'pause'>) => Promise<boolean>;
  readonly giveUp: () => void;
  readonly isBusy: () => boolean;
  /** Resolves when nothing is being handled. */
  readonly idle: () => Promise<void>;
  /** The position below which everything is decided, once it is known to fit. */
  readonly decided: () => Offset | undefined;
  /** Since when messages wait and nothing moves; undefined while it handles, rests or has nothing to do. To be asked often. */
  readonly stalledSince: () => number | undefined;
};

export const createIntake = (parts: IntakeParts): Intake => {
  const { topic, partition } = parts;
  const givenUp = new AbortController();
  const state: State = {
    high: 0,
    reached: 0,
    isChecked: false,
    isBusy: false,
    isResting: false,
    isFailing: false,
    movedAt: performance.now(),
  };
  let turn: Promise<unknown> = parts.after;
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const run: Run = { ...parts, state, signal: givenUp.signal };
  return {
    topic,
    partition,
    status: () => ({
      ...{ topic, partition, state: partitionState(state.alarm, state.isFailing) },
      lag: state.position === undefined ? undefined : lagOf(state),
    }),
    take: (fetched, reader) => inTurn(() => takeSafely(run, fetched, reader)),
    look: async (bounds, reader, verify) => {
      state.high = bounds.high;
      if (state.isBusy || state.alarm !== undefined) return;
      await inTurn(() => lookAgain(run, bounds, reader, verify));
    },
    restart: () => restart(state),
    passed: (last) => {
      if (last >= state.reached) state.movedAt = performance.now();
      state.reached = Math.max(state.reached, last + 1);
    },
    wakeIfReset: (reader) => inTurn(() => wakeIfReset(run, reader)),
    isBusy: () => state.isBusy,
    giveUp: () => givenUp.abort(),
    idle: async () => {
      await turn;
    },
    decided: () => (state.isChecked && state.alarm === undefined ? state.position?.next : undefined),
    stalledSince: () => {
      const isFine = state.isBusy || state.isResting || isAlarmed(state) || lagOf(state) === 0;
      if (isFine) state.movedAt = performance.now();
      return isFine ? undefined : state.movedAt;
    },
  };
};
