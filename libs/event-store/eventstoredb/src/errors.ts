/** The server does not know us, or does not let us do this; nothing was stored, and no retry helps. */
export class StoreAccessDeniedError extends Error {
  override readonly name = 'StoreAccessDeniedError';
}

/** The server will never store this append (it is too large, for one); nothing was stored. */
export class AppendRejectedError extends Error {
  override readonly name = 'AppendRejectedError';
}

/**
 * What a stream of a ledger never shows unless somebody has tampered with it: it begins above revision 0 or lacks one
 * (deleted, truncated), has been tombstoned, or holds an event that no ledger wrote.
 */
export type StreamDamage = 'first_revision' | 'gap' | 'tombstoned' | 'foreign_event';

/** Follows the log no further, and reads this stream no more: a person has to look. */
export class DamagedStreamError extends Error {
  override readonly name = 'DamagedStreamError';
  readonly stops = 'log_changed';
  readonly stream: string;
  readonly damage: StreamDamage;
  constructor(stream: string, damage: StreamDamage, what: string) {
    super(`${stream}: ${what}`);
    this.stream = stream;
    this.damage = damage;
  }
}

/** The server does not know the position: another log, or one that was restored. To guess another would skip events. */
export class PositionRefusedError extends Error {
  override readonly name = 'PositionRefusedError';
  readonly stops = 'log_changed';
}
