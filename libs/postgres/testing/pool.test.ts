import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { createPool, type Pool } from '../src/pool.js';

export type Fixture = { database: TestDatabase; pool: Pool };

/** A database of its own and a pool on it, for the tests of a file. */
export const useDatabase = (): Fixture => {
  const fixture = {} as Fixture;
  beforeAll(async () => {
    fixture.database = await createDatabase();
    fixture.pool = createPool({ url: fixture.database.url, applicationName: 'test pool', max: 25 });
  });
  afterAll(async () => {
    await fixture.pool.end();
    await fixture.database.drop();
  });
  return fixture;
};
