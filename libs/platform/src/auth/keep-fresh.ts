import type { Logger } from '../logging/logger.js';
import { keyStalenessMillisMax, type KeyRing } from './key-ring.js';

type Sleep = (millis: number, signal: AbortSignal) => Promise<void>;

/** Reloads the ring until the signal aborts. While the store is away the keys known last stay in force. */
export const keepFresh = async (ring: KeyRing, sleep: Sleep, logger: Logger, signal: AbortSignal): Promise<void> => {
  for (;;) {
    await sleep(keyStalenessMillisMax, signal);
    if (signal.aborted) return;
    await ring.reload().catch((error: unknown) => logger.warn('The API keys could not be read again', { error }));
  }
};
