import type { Logger } from '#platform';

/** Says that something which runs by itself failed and is tried again. */
export const troubleWith =
  (logger: Logger, what: string) =>
  (error: unknown): void =>
    logger.warn(`Trouble with ${what}`, { error });
