import { alarmReason, type PartitionAlarm, type PartitionBounds, type PartitionPosition } from '#messaging';
import { isAlarmed, restart, type Reader, type Run } from './intake-state.js';

/** The stored position against what there is. What does not fit is an alarm, if it still does not when asked again. */
export const check = async (run: Run, bounds: PartitionBounds): Promise<void> => {
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

export const standStill = (
  { state, options, topic, partition }: Run,
  reason: PartitionAlarm['reason'],
  position: PartitionPosition,
  bounds: PartitionBounds,
): void => {
  state.position = position;
  state.alarm = { topic, partition, reason, position, ...bounds };
  options.onAlarm(state.alarm);
};

/** Nothing is being handled: the position is compared, and now and then the record before it is asked for again. */
export const lookAgain = async (
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

export const wakeIfReset = async (run: Run, reader: Pick<Reader, 'seek' | 'pause'>): Promise<boolean> => {
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
