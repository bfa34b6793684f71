import type { Instant } from '#event-sourcing';
import type { IncomingMessage, Offset } from '#messaging';
import type { DeadLetter } from './dead-letter.js';

/** A dead letter as it is kept; `settled` says what became of it. */
export type KeptLetter = {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  readonly offset: Offset;
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
  readonly parkedAt: Instant;
  readonly settled?: Settlement;
};

export type Settlement = {
  readonly how: 'replayed' | 'discarded';
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
};

export type LettersAsked = { readonly after?: number; readonly limit: number; readonly topic?: string };

/** Keeps messages that could not be taken in until a person has them replayed or discards them. */
export type DeadLetterStore = {
  /** Once, however often the message comes. */
  readonly park: (letter: DeadLetter) => Promise<void>;
  /** Of these fingerprints those that a person has discarded. */
  readonly discarded: (topic: string, fingerprints: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Those that nobody has settled, the oldest first. */
  readonly list: (asked: LettersAsked) => Promise<readonly KeptLetter[]>;
  readonly find: (
    id: number,
  ) => Promise<{ readonly letter: KeptLetter; readonly message: IncomingMessage } | undefined>;
  /** The letter's reason is another one now. */
  readonly failAgain: (id: number, problem: DeadLetter['problem']) => Promise<void>;
  /** False: somebody has settled it before. */
  readonly settle: (id: number, settlement: Settlement) => Promise<boolean>;
};
