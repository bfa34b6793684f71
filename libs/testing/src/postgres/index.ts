export { copyDatabase, createDatabase, type TestDatabase } from './create-database.js';
export { startPostgres, type TestServer } from './start-postgres.js';
