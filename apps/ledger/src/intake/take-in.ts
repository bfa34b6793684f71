import type { Clock, Random } from '#event-sourcing';
import type { IncomingMessage } from '#messaging';
import type { Verdict } from './verdict.js';

/** The intake gave up before anybody could say what becomes of a message: it comes again. */
export class IntakeInterruptedError extends Error {
  override readonly name = 'IntakeInterruptedError';
}

export type Judge = (message: IncomingMessage) => Promise<Verdict>;
export type Settled = Exclude<Verdict, { readonly kind: 'not_now' }>;

export type Patience = {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly random: Random;
  readonly signal: AbortSignal;
};

/** Longer waits than this help nobody: the lanes say anew how long. */
const pauseMillisMax = 5_000;

/**
 * Judges a message until there is a verdict on it: the ledger may be busy or its store away for a while.
 * @throws IntakeInterruptedError when the signal aborts meanwhile
 */
export const takeIn = async (
  message: IncomingMessage,
  judge: Judge,
  { clock, random, signal }: Patience,
): Promise<Settled> => {
  for (;;) {
    const verdict = await judge(message);
    if (verdict.kind !== 'not_now') return verdict;
    const millis = Math.min(pauseMillisMax, verdict.afterMillis * (1 + random()));
    if (!signal.aborted) await clock.sleep(millis, signal);
    if (signal.aborted) throw new IntakeInterruptedError('The intake ends before this message could be taken in');
  }
};
