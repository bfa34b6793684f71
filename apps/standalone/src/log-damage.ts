import type { Clock } from '#event-sourcing';
import { DamagedStreamError, type StreamFinding } from '#event-store/eventstoredb';
import type { Logger } from '#platform';
import { troubleWith } from './trouble.js';

/** What is known to be wrong with streams of the log: somebody has deleted, cut or written to them beside the ledger. */
export type LogDamage = {
  /** The first thing found of each stream. */
  readonly findings: () => readonly StreamFinding[];
  /** Whoever met an error tells it; any but a damaged stream's is none of ours. */
  readonly note: (error: unknown) => void;
  /** Looks no further. */
  readonly stop: () => Promise<void>;
};

type Parts = {
  readonly watch: (signal: AbortSignal) => AsyncIterable<StreamFinding>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly logger: Logger;
};

/** A log that is damaged everywhere is told by its first streams. */
const findingsMax = 1_000;
/** Between two tries at a server that is away. */
const askAgainMillis = 2_000;

/** Looks for damage for as long as it runs, and tells each stream's once. */
export const watchLogDamage = (parts: Parts): LogDamage => {
  const { logger } = parts;
  const found = new Map<string, StreamFinding>();
  const add = ({ stream, damage, message }: StreamFinding): void => {
    if (found.has(stream) || found.size >= findingsMax) return;
    found.set(stream, { stream, damage, message });
    logger.error('A stream of the log is damaged', { stream, damage, reason: message });
  };
  const stopping = new AbortController();
  const watching = keepWatching(parts, add, stopping.signal);
  return {
    findings: () => [...found.values()],
    note: (error) => {
      if (error instanceof DamagedStreamError) add(error);
    },
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
};

const keepWatching = async (
  { watch, clock, logger }: Parts,
  add: (finding: StreamFinding) => void,
  signal: AbortSignal,
): Promise<void> => {
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      for await (const finding of watch(signal)) add(finding);
    } catch (error) {
      if (!isOver()) troubleWith(logger, 'the search for damage')(error);
    }
    await clock.sleep(askAgainMillis, signal);
  }
};
