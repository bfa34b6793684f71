import { createPool, provision } from '#postgres';
import type { Pool } from '#postgres';
import { createDatabase } from '#testing/postgres';
import { prepareProjections } from '../src/versions/versions.js';
import { readModule } from '../src/module.js';

export type ReadDatabase = { readonly pool: Pool; readonly drop: () => Promise<void> };

/** A database with an empty read model, as the service's role sees it. */
export const createReadDatabase = async (): Promise<ReadDatabase> => {
  const database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [readModule] });
  const pool = createPool({ url: serviceUrl, applicationName: 'read-model-test', max: 8 });
  await prepareProjections(pool);
  return {
    pool,
    drop: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
