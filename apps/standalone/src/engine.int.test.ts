import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, readConfig } from '#platform';
import { createPool, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { startEventStoreServer } from '../../../test/servers/eventstoredb/index.js';
import { openEngine } from './engine.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = createPool({ url: database.url, applicationName: 'engine-test', max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('an engine on EventStoreDB', () => {
  it('answers while the server does, and says so when only the database is there', async () => {
    const server = await startEventStoreServer();
    const config = readConfig({ EVENTSTOREDB_URL: server.url });
    const engine = openEngine({ config, serviceUrl: database.url, pool, clock: createClock() });
    expect(await engine.ask()).toMatch(/^\d{4}-/u);
    await server.kill();
    await expect(engine.ask()).rejects.toThrow();
    expect(await engine.databaseTime(), 'control: the database answers').toMatch(/^\d{4}-/u);
    await engine.close();
    await server.stop();
  });
});
