import type { LogBatch, Position, RecordedEvent } from '#event-sourcing';
import { storedRecordOf } from './driver/messages.js';
import type { ReadResp } from './driver/protocol.js';
import { recordedOf } from './encoding.js';
import { isOnePosition, positionOfRecord } from './log-position.js';

/** How far a call has come. */
export type Progress = {
  after: Position | undefined;
  /** Where the log ended before the call began. */
  readonly end: Position | undefined;
  hasBegun: boolean;
  isCaughtUp: boolean;
};

/**
 * What messages bring, and how far they bring us: events, word of what was looked through without a find, word that all
 * which stood in the log has come. Undefined when they bring neither.
 * @throws DamagedStreamError
 */
export const batchOf = (messages: readonly ReadResp[], progress: Progress): LogBatch | undefined => {
  const before = progress.after;
  const events = messages.flatMap((message) => take(message, progress));
  const { after } = progress;
  return after === undefined || after === before ? undefined : { events, after };
};

const take = (message: ReadResp, progress: Progress): readonly RecordedEvent[] => {
  progress.hasBegun = true;
  const stored = message.getEvent()?.getEvent();
  if (stored !== undefined) {
    const event = recordedOf(storedRecordOf(stored));
    progress.after = event.position;
    return [event];
  }
  if (message.hasCaughtUp()) {
    progress.isCaughtUp = true;
    moveTo(progress, progress.end);
  }
  const checkpoint = message.getCheckpoint();
  if (checkpoint !== undefined) moveTo(progress, positionPassed(checkpoint));
  return [];
};

/** Where no record stands the server may name two numbers; to go on from one of them could skip an event. */
const positionPassed = (checkpoint: NonNullable<ReturnType<ReadResp['getCheckpoint']>>): Position | undefined => {
  const place = { commit: checkpoint.getCommitPosition(), prepare: checkpoint.getPreparePosition() };
  return isOnePosition(place) ? positionOfRecord(place) : undefined;
};

const moveTo = (progress: Progress, position: Position | undefined): void => {
  if (position === undefined) return;
  if (progress.after === undefined || position > progress.after) progress.after = position;
};
