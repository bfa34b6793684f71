import { openDatabase } from '#apps/standalone';
import type { Config, Logger } from '#platform';
import { createPool } from '#postgres';
import { recover } from '#read-model';

/** Has every number said again by the announcer of this database. @throws ConnectionRefusedError, MigrationError */
export const runRecover = async (config: Config, logger: Logger): Promise<void> => {
  const database = await openDatabase(config, logger);
  try {
    const pool = createPool({ url: database.serviceUrl, applicationName: 'recover', max: 1 });
    await recover(pool).finally(() => pool.end());
  } finally {
    await database.stop();
  }
};
