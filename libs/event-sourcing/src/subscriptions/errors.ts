import type { Position } from '../event.js';

/** Why a follower of the log has stopped. All but `aborted` need a person: going on would skip or falsify something. */
export type StopReason = 'aborted' | 'log_changed' | 'unknown_event_type' | 'position_gap';

/** Stops whoever follows the log. Every other error of a handler is tried again, with backoff, for ever. */
export type Stopping = Error & { readonly stops: StopReason };

export const isStopping = (error: unknown): error is Stopping => error instanceof Error && 'stops' in error;

/** The event at a checkpoint is not the one that was applied: another log, or one that was cut or restored. */
export class LogChangedError extends Error {
  override readonly name = 'LogChangedError';
  readonly stops = 'log_changed';
  constructor(position: Position, expected: string, found: string | undefined) {
    super(`the event at ${position} was ${expected} and is ${found ?? 'missing'}`);
  }
}

/** Thrown by a handler that does not know this type (or version) of event: skipping it would falsify what it writes. */
export class UnknownEventTypeError extends Error {
  override readonly name = 'UnknownEventTypeError';
  readonly stops = 'unknown_event_type';
  constructor(type: string, schemaVersion?: number) {
    super(`unknown event type ${type}${schemaVersion === undefined ? '' : ` of version ${schemaVersion}`}`);
  }
}

/** A store that promises positions without gaps has delivered one. */
export class PositionGapError extends Error {
  override readonly name = 'PositionGapError';
  readonly stops = 'position_gap';
  constructor(before: Position | undefined, found: Position) {
    super(`after ${before ?? 'the beginning'} came ${found}`);
  }
}

/** Somebody else has moved the checkpoint: it is loaded anew, and the work goes on from there. */
export class CheckpointMovedError extends Error {
  override readonly name = 'CheckpointMovedError';
}

/** What a wait for a position ends with when the follower has stopped. */
export class FollowerStoppedError extends Error {
  override readonly name = 'FollowerStoppedError';
}
