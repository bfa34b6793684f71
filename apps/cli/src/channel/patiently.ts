import { LedgerError } from '../policy/client.js';
import type { Terms } from '../policy/terms.js';
import type { Context } from './context.js';
import { runJob } from './jobs.js';

/** How long a worker is waited for that begins on another rung, and its first reading of the shop's orders: it takes seconds. */
export const looksMax = 120;
export const lookMillis = 500;

/** A worker that has just heard of its rung begins anew. */
export const patiently = async (context: Context, verb: string, scope: Terms): Promise<Terms> => {
  for (let look = 1; ; look++) {
    try {
      return await runJob(context, verb, scope);
    } catch (error) {
      if (look === looksMax || !isBeginning(error)) throw error;
      await context.sleep(lookMillis);
    }
  }
};

const isBeginning = (error: unknown): boolean =>
  error instanceof LedgerError && (error.code === 'not_running' || error.code === 'not_computing');
