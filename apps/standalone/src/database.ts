import { join } from 'node:path';
import { provision } from '#postgres';
import { authModule, createClock, superviseEmbeddedPostgres, type Config, type Logger } from '#platform';
import { startEmbeddedPostgres } from '#platform/embedded-postgres';
import { ledgerModule } from '#event-store/postgres';
import { readModule } from '#read-model';
import { channelSideModule, channelsModule, connectionsModule, recordsModule } from '#apps/channels';
import { messagingModule } from '#messaging/postgres';
import { cartsModule, intakeModule, sagasModule } from '#apps/ledger';

/** A database that is up to date, as the service's role. */
export type Database = {
  readonly serviceUrl: string;
  /** Resolves with the reason when a server of our own is gone and cannot be started again. */
  readonly lost: Promise<Error>;
  /** Ends the server where it is our own. */
  readonly stop: () => Promise<void>;
};

/** The database of DATABASE_URL, or an embedded one in the data folder; migrated. */
export const openDatabase = async ({ databaseUrl, dataFolder }: Config, logger: Logger): Promise<Database> => {
  const own = databaseUrl === undefined ? await startOwn(dataFolder, logger) : undefined;
  const stop = async (): Promise<void> => own?.stop();
  try {
    const { serviceUrl, warning } = await provision({
      ownerUrl: own?.ownerUrl ?? databaseUrl ?? '',
      modules: [
        ...[ledgerModule, readModule, authModule, sagasModule, intakeModule, messagingModule, cartsModule],
        ...[channelSideModule, channelsModule, connectionsModule, recordsModule],
      ],
    });
    if (warning !== undefined) logger.warn(warning);
    return { serviceUrl, stop, lost: own?.lost ?? new Promise(() => undefined) };
  } catch (error) {
    await stop();
    throw error;
  }
};

type Own = Pick<Database, 'lost' | 'stop'> & { readonly ownerUrl: string };

/** An embedded server that is started again whenever it ends. */
const startOwn = async (dataFolder: string, logger: Logger): Promise<Own> => {
  const server = await startEmbeddedPostgres({ dataDir: join(dataFolder, 'postgres') });
  const stopping = new AbortController();
  const { sleep } = createClock();
  const supervised = superviseEmbeddedPostgres({ server, sleep, logger }, stopping.signal);
  return {
    ownerUrl: server.ownerUrl,
    lost: new Promise((resolve) => {
      supervised.catch(resolve);
    }),
    stop: async () => {
      stopping.abort();
      await server.stop();
      await supervised.catch(() => undefined);
    },
  };
};
