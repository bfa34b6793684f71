import { createHash, randomUUID } from 'node:crypto';

/** A real server keeps what earlier runs have left. */
const run = randomUUID();

/**
 * EVENTSTOREDB_URL points the tests of whole services at that server: each ledger, named by the place of its database, has
 * streams of its own there. Nothing where it is not set.
 */
export const engineFor = (place: string): Readonly<Record<string, string>> => {
  const url = process.env['EVENTSTOREDB_URL'];
  if (url === undefined) return {};
  const name = createHash('sha256').update(`${run} ${place}`).digest('hex').slice(0, 16);
  return { EVENTSTOREDB_URL: url, EVENTSTOREDB_NAMESPACE: `test-${name}-` };
};
