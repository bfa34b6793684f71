import { startEventStoreServer } from '../../../../test/servers/eventstoredb/index.js';

/** A server to run suites against: a real one named by EVENTSTOREDB_URL, else one of ours that speaks its protocol. */
export const serverUnderTest = async (): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const url = process.env['EVENTSTOREDB_URL'];
  return url === undefined ? startEventStoreServer() : { url, stop: () => Promise.resolve() };
};
