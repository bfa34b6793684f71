import type { Clock, Random } from '#event-sourcing';
import type { ConsumerOptions, IncomingMessage, PartitionBatch } from '#messaging';
import { inParallel } from '../in-parallel.js';
import type { DeadLetter } from './dead-letter.js';
import type { Discarded } from './discarded.js';
import { judge, type IntakeLedger } from './judge.js';
import { takeIn } from './take-in.js';
import { kindOfTopic } from './topics.js';

export type BatchParts = {
  readonly ledger: IntakeLedger;
  readonly clock: Clock;
  readonly random: Random;
  /** Resolves when the letter is kept. */
  readonly park: (letter: DeadLetter) => Promise<void>;
  /** What a person has discarded is passed over when it comes again. */
  readonly discarded?: Discarded;
  /** The read side cannot keep up with what is taken in. */
  readonly isReadSideBehind?: () => boolean;
  /** Aborts at the end of the intake: what cannot be decided now is left for the next start. */
  readonly stopping?: AbortSignal;
  /** Told of every message that was taken in, parked or passed over. */
  readonly onSettled?: (topic: string, kind: 'taken' | 'parked' | 'discarded') => void;
};

/**
 * Messages of one partition that are decided at a time: enough for the lanes to append hundreds of them in one write, few
 * enough for six partitions not to fill the lanes' queues.
 */
export const messagesAtOnceMax = 500;

/** A rest before each batch while the read side is behind: what may be sold is worth more when it is seen. */
const restMillis = 1_000;

/**
 * Takes in a batch: resolved, each of its messages is in the ledger or parked. They set out in the order of the partition,
 * so those of one SKU or order stand in its lane in that order; a poison message alone is parked, and holds up nobody.
 * Rejected, none of them is under way any more: they come again, and those that wait must not become more each time.
 */
export const batchHandler =
  (parts: BatchParts): ConsumerOptions['handle'] =>
  async (batch, signal) => {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const failures: unknown[] = [];
    const ends = [signal, ...(parts.stopping ? [parts.stopping] : [])];
    for (const one of ends) one.addEventListener('abort', end);
    if (ends.some(({ aborted }) => aborted)) end();
    if (parts.isReadSideBehind?.()) await parts.clock.sleep(restMillis, ending.signal);
    const discarded = await parts.discarded?.(batch);
    await inParallel(batch.messages, messagesAtOnceMax, async (message) => {
      if (failures.length > 0) return;
      if (discarded?.has(message)) return parts.onSettled?.(batch.topic, 'discarded');
      await settle(parts, batch, message, ending.signal).catch((error: unknown) => {
        failures.push(error);
        end();
      });
    });
    for (const one of ends) one.removeEventListener('abort', end);
    if (failures.length > 0) throw failures[0];
  };

const settle = async (
  { ledger, clock, random, park, onSettled }: BatchParts,
  { topic, partition }: PartitionBatch,
  message: IncomingMessage,
  signal: AbortSignal,
): Promise<void> => {
  const kind = kindOfTopic(topic);
  const verdict = await takeIn(message, (one) => judge(kind, ledger, one), { clock, random, signal });
  if (verdict.kind === 'parked') {
    await park({ topic, partition, message, problem: verdict.problem, parkedAt: clock.now() });
  }
  onSettled?.(topic, verdict.kind);
};
