/** The source's hashes do not fit its events: what is damaged is not copied. */
export class DamagedSourceError extends Error {
  override readonly name = 'DamagedSourceError';
  constructor(stream: string, revision: number, reason: string) {
    super(`The log to be copied is damaged: ${stream} at revision ${revision} (${reason}). Verify it first.`);
  }
}

/** The target is not what an earlier run of the same copy has left behind. */
export class OtherTargetError extends Error {
  override readonly name = 'OtherTargetError';
  constructor(events: number, found: string) {
    super(`The target holds other events: after ${events} that are the same ${found}. Copy to an empty one.`);
  }
}

/** Every event was written, and what stands there now is not the log that was copied. */
export class CopyDiffersError extends Error {
  override readonly name = 'CopyDiffersError';
}
