import { StoreUnavailableError } from '#event-sourcing';
import { UnfitTopicError } from '#messaging/kafka';
import { ConfigError } from '#platform';
import { EmbeddedPostgresError } from '#platform/embedded-postgres';
import { ConnectionRefusedError, MigrationError } from '#postgres';

/** What a person can mend: their messages are sentences. */
const mendable = [ConfigError, EmbeddedPostgresError, MigrationError, ConnectionRefusedError, UnfitTopicError];

/** Why the process cannot start or go on. What a person can mend is told in a sentence; everything else with its stack. */
export const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (mendable.some((type) => error instanceof type)) return error.message;
  if (error instanceof StoreUnavailableError)
    return `What keeps the events does not answer (${error.message}). Bring it back, or mend its address, and start again.`;
  if ((error as { code?: string }).code === 'EADDRINUSE') return 'The port is in use: set PORT to another one.';
  return error.stack ?? error.message;
};
