/**
 * A stream's events reached a projection with one missing, doubled or out of order: its rows are of another log, or
 * somebody has written into them. Stops: going on would falsify every number after it.
 */
export class RevisionGapError extends Error {
  override readonly name = 'RevisionGapError';
  readonly stops = 'log_changed';
}
