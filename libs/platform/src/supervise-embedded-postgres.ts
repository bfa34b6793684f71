import type { Clock } from '#event-sourcing';
import { EmbeddedPostgresError, type EmbeddedPostgres } from './embedded-postgres.js';
import type { Logger } from './logging/logger.js';

/** Restarts that fail in a row before we give up: about eight seconds. Whoever runs us starts us again. */
export const restartsMax = 6;
/** Between two of them, doubling: a folder or a port that somebody still holds needs a moment. */
const waitMillisMin = 250;

export type Supervision = {
  readonly server: Pick<EmbeddedPostgres, 'ended' | 'restart'>;
  readonly sleep: Clock['sleep'];
  readonly logger: Logger;
};

/**
 * Starts the server again whenever it ends: killed, crashed, or stopped by somebody else. Resolves when the signal
 * aborts, which must come before the server is stopped on purpose.
 *
 * @throws EmbeddedPostgresError when the server does not start `restartsMax` times in a row
 */
export const superviseEmbeddedPostgres = async (supervision: Supervision, signal: AbortSignal): Promise<void> => {
  const { server, logger } = supervision;
  const aborted = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  while (!signal.aborted) {
    const end = await Promise.race([server.ended(), aborted]);
    if (end === undefined || isAborted(signal)) return;
    logger.error('PostgreSQL has ended and is started again', { ...end });
    await startAgain(supervision, signal);
  }
};

const startAgain = async ({ server, sleep, logger }: Supervision, signal: AbortSignal): Promise<void> => {
  for (let restarts = 1; !signal.aborted; restarts++) {
    try {
      await server.restart();
      logger.info('PostgreSQL runs again', { restarts });
      return;
    } catch (error) {
      if (isAborted(signal)) return;
      if (restarts === restartsMax) throw givenUp(error);
      logger.error('PostgreSQL does not start', { restarts, error });
    }
    await sleep(waitMillisMin * 2 ** (restarts - 1), signal);
  }
};

/** Asked anew: the signal may have aborted while we waited. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

const givenUp = (error: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `PostgreSQL has ended, and ${restartsMax} tries to start it again failed. The last one: ${
      error instanceof Error ? error.message : String(error)
    }`,
    { cause: error },
  );
