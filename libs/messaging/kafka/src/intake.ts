import {
  alarmReason,
  markOf,
  type ConsumerOptions,
  type IncomingMessage,
  type Offset,
  type PartitionAlarm,
  type PartitionBounds,
  type PartitionPosition,
  type PartitionStatus,
  type RecordMark,
} from '#messaging';
import type { Fetched } from './incoming.js';
import { findMark } from './verification.js';

/** What the intake may tell the client that fetches for it. */
export type Reader = {
  /** The next fetch begins here. */
  readonly seek: (to: Offset) => void;
  /** The next fetch begins behind this message (and what is no message after it). */
  readonly resolve: (done: Offset) => void;
  /** Nothing more is fetched until `resume`. */
  readonly pause: () => void;
  /** Another member may want the partition, or we stop: no further batch is begun. */
  readonly isLeaving: () => boolean;
};

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

export type IntakeParts = {
  readonly topic: string;
  readonly partition: number;
  readonly options: ConsumerOptions;
  /** Records may vanish, the last one that was handled too. */
  readonly isCompacted: boolean;
  readonly boundsNow: () => Promise<PartitionBounds>;
  /** Resolves when whoever had the partition before us has let go of it. */
  readonly after: Promise<void>;
  /** After a failure: pauses the partition and lets it go on later. */
  readonly rest: () => void;
  readonly recovered: () => void;
};

const batchMessagesDefault = 500;

type State = {
  position?: PartitionPosition | undefined;
  alarm?: PartitionAlarm | undefined;
  /** Where a record stood when it was looked at last; it is read again before anything more is handled. */
  toVerify?: RecordMark | undefined;
  /** The mark of the last look: a topic made anew in between is found by it though the position has moved on. */
  anchor?: RecordMark | undefined;
  /** Where the client was sent when nothing else of this partition was on its way. */
  sought?: Offset | undefined;
  high: Offset;
  /** The client's own place, past what is no message. */
  reached: Offset;
  isChecked: boolean;
  isBusy: boolean;
  isResting: boolean;
  movedAt: number;
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
    status: () => ({ topic, partition, state: state.alarm === undefined ? 'running' : 'alarmed', lag: lagOf(state) }),
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

/** Asked anew after every step: a check may have raised it. */
const isAlarmed = ({ alarm }: State): boolean => alarm !== undefined;

type Run = IntakeParts & { readonly state: State; readonly signal: AbortSignal };

const lagOf = ({ high, reached, position }: State): number =>
  Math.max(high - Math.max(reached, position?.next ?? 0), 0);

const takeSafely = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const { state } = run;
  state.isBusy = true;
  state.high = Math.max(state.high, fetched.high);
  try {
    await take(run, fetched, reader);
  } catch (error) {
    // Whatever it is, the client must not see it: the built-in kinds of errors end it for good.
    run.options.onTrouble(error);
    state.isResting = true;
    reader.pause();
    run.rest();
  } finally {
    state.isBusy = false;
  }
};

const take = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const { state } = run;
  if (!isAlarmed(state) && !state.isChecked) await check(run, await run.boundsNow());
  if (!isAlarmed(state) && !(await isVerified(run, fetched, reader))) return;
  if (isAlarmed(state)) return reader.pause();
  if (!(await isInPlace(run, fetched, reader))) return;
  state.isResting = false;
  await handleNew(run, fetched, reader);
};

/** The stored position against what there is. What does not fit is an alarm, if it still does not when asked again. */
const check = async (run: Run, bounds: PartitionBounds): Promise<void> => {
  const { state } = run;
  const position = await loadPosition(run, bounds);
  const reason = alarmReason(position, bounds);
  if (reason !== undefined) {
    const [again, boundsAgain] = [await loadPosition(run, bounds), await run.boundsNow()];
    if (alarmReason(again, boundsAgain) === reason) return standStill(run, reason, again, boundsAgain);
    return check(run, boundsAgain);
  }
  state.position = position;
  state.high = bounds.high;
  state.reached = Math.min(state.reached, position.next);
  state.toVerify = [state.anchor, position.last].find((mark) => mark !== undefined && mark.offset >= bounds.low);
  state.anchor = position.last;
  state.isChecked = true;
};

/** A group that is new here begins with what there is, and remembers it: what retention takes afterwards is missed. */
const loadPosition = async (
  { options, topic, partition }: Run,
  { low }: PartitionBounds,
): Promise<PartitionPosition> => {
  const stored = (await options.positions.load(options.group, topic)).get(partition);
  return stored ?? options.positions.advance(options.group, topic, partition, { next: low });
};

const standStill = (
  { state, options, topic, partition }: Run,
  reason: PartitionAlarm['reason'],
  position: PartitionPosition,
  bounds: PartitionBounds,
): void => {
  state.position = position;
  state.alarm = { topic, partition, reason, position, ...bounds };
  options.onAlarm(state.alarm);
};

/** Reads the record again that stood last: the client is sent there, and what it brings is compared. */
const isVerified = async (run: Run, fetched: Fetched, reader: Reader): Promise<boolean> => {
  const { state } = run;
  const mark = state.toVerify;
  if (mark === undefined || state.position === undefined) return true;
  const finding = findMark(fetched, mark, state.sought);
  if (finding === 'elsewhere') return seek(state, reader, mark.offset);
  if (finding === 'another' || (finding === 'missing' && !run.isCompacted)) {
    const bounds = await run.boundsNow();
    // Retention may have taken it meanwhile: what was handled may go.
    if (bounds.low <= mark.offset) standStill(run, 'topic_made_anew', state.position, bounds);
    else state.isChecked = false;
    if (!state.isChecked) return seek(state, reader, state.position.next);
  }
  state.toVerify = undefined;
  return true;
};

/** The fetch must begin at the position or below it. Where it began above, what lies between may have been jumped over. */
const isInPlace = async ({ state, boundsNow }: Run, fetched: Fetched, reader: Reader): Promise<boolean> => {
  const next = state.position?.next ?? 0;
  if (fetched.last < next) return seek(state, reader, next);
  if (fetched.from <= next) return true;
  if (state.sought !== next) return seek(state, reader, next);
  // It was sent to the position and came back with what lies further on. The first offset never falls: when it is not
  // above the position now, nothing was lost there when the fetch was made, and what was left out is no message.
  const { low, high } = await boundsNow();
  if (low <= next && next <= high) return true;
  state.isChecked = false;
  return seek(state, reader, next);
};

const seek = (state: State, reader: Reader, to: Offset): false => {
  state.sought = to;
  reader.seek(to);
  return false;
};

const handleNew = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const next = run.state.position?.next ?? 0;
  const fresh = fetched.messages.filter(({ offset }) => offset >= next);
  const size = run.options.batchMessagesMax ?? batchMessagesDefault;
  const lastKnown = fetched.messages.at(-1)?.offset;
  if (fresh.length === 0 && lastKnown !== undefined) reader.resolve(lastKnown);
  for (let first = 0; first < fresh.length; first += size) {
    if (reader.isLeaving() || run.signal.aborted) return;
    const messages = fresh.slice(first, first + size);
    const isLast = first + size >= fresh.length;
    if (!(await handle(run, messages, isLast ? fetched.last : undefined, reader))) return;
  }
};

/** False when another member is further: what it has done is not done again. */
const handle = async (
  run: Run,
  messages: readonly IncomingMessage[],
  lastFetched: Offset | undefined,
  reader: Reader,
): Promise<boolean> => {
  const { state, options, topic, partition } = run;
  await options.handle({ topic, partition, messages }, run.signal);
  const last = messages.at(-1) as IncomingMessage;
  const done = { next: (lastFetched ?? last.offset) + 1, last: markOf(last) };
  const position = await options.positions.advance(options.group, topic, partition, done);
  state.position = position;
  state.anchor ??= done.last;
  state.reached = Math.max(state.reached, position.next);
  state.movedAt = performance.now();
  state.sought = undefined;
  run.recovered();
  if (position.next > done.next) return seek(state, reader, position.next);
  reader.resolve(last.offset);
  return true;
};

/** Nothing is being handled: the position is compared, and now and then the record before it is asked for again. */
const lookAgain = async (
  run: Run,
  bounds: PartitionBounds,
  reader: Pick<Reader, 'seek' | 'pause'>,
  verify: boolean,
): Promise<void> => {
  const { state } = run;
  const fits = state.position !== undefined && alarmReason(state.position, bounds) === undefined;
  if (isAlarmed(state) || (state.isChecked && fits && !verify)) return;
  await check(run, bounds);
  if (isAlarmed(state)) return reader.pause();
  // A batch may be on its way that was fetched before: only from within `take` is it certain what the next one follows.
  state.sought = undefined;
  reader.seek(state.toVerify?.offset ?? state.position?.next ?? bounds.low);
};

const wakeIfReset = async (run: Run, reader: Pick<Reader, 'seek' | 'pause'>): Promise<boolean> => {
  const { state, options, topic, partition } = run;
  if (state.alarm === undefined) return false;
  const { position } = state.alarm;
  const now = (await options.positions.load(options.group, topic)).get(partition);
  if (now?.next === position.next && now.last?.fingerprint === position.last?.fingerprint) return false;
  state.alarm = undefined;
  state.anchor = undefined;
  restart(state);
  await lookAgain(run, await run.boundsNow(), reader, false);
  return true;
};

const restart = (state: State): void => {
  state.isChecked = false;
  state.sought = undefined;
  state.movedAt = performance.now();
};
