import { join } from 'node:path';
import { provision } from '#postgres';
import { authModule, type Config, type Logger } from '#platform';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { ledgerModule } from '#event-store/postgres';
import { readModule } from '#read-model';
import { sagasModule } from '#apps/ledger';

/** A database that is up to date, as the service's role. `stop` ends the server only where it is our own. */
export type Database = { readonly serviceUrl: string; readonly stop: () => Promise<void> };

/** The database of DATABASE_URL, or an embedded one in the data folder; migrated. */
export const openDatabase = async ({ databaseUrl, dataFolder }: Config, logger: Logger): Promise<Database> => {
  const own =
    databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: join(dataFolder, 'postgres') }) : undefined;
  const stop = async (): Promise<void> => own?.stop();
  try {
    const { serviceUrl, warning } = await provision({
      ownerUrl: own?.ownerUrl ?? databaseUrl ?? '',
      modules: [ledgerModule, readModule, authModule, sagasModule],
    });
    if (warning !== undefined) logger.warn(warning);
    return { serviceUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
