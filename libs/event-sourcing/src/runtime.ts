import type { Instant } from './instant.js';

/** Time as the ledger sees it: the database's, never running backwards within a process. */
export type Clock = {
  readonly now: () => Instant;
  /** Resolves after `millis`, or at once when the signal aborts. */
  readonly sleep: (millis: number, signal?: AbortSignal) => Promise<void>;
};

/** A number in [0, 1), for jitter. */
export type Random = () => number;

export type Digest = {
  /** Hex SHA-256 of the previous hash's bytes (hex, 64 characters) followed by the UTF-8 of the text. */
  readonly chain: (previous: string, text: string) => string;
  /** Hex SHA-256 of the UTF-8 of the text. */
  readonly of: (text: string) => string;
};
