import { startEventStoreServer } from '../../servers/eventstoredb/index.js';
import type { Scope } from '../support/scope.js';

export type EventServer = { readonly url: string; readonly note: string };

/** The server that EVENTSTOREDB_URL names, or the one of the tests: that shows that the bench runs, and nothing more. */
export const eventServer = async (scope: Scope): Promise<EventServer> => {
  const url = process.env['EVENTSTOREDB_URL'];
  if (url !== undefined && url !== '') return { url, note: 'the server of EVENTSTOREDB_URL' };
  const server = await startEventStoreServer({ runs: 'child' });
  scope.add('the event server', server.stop);
  return { url: server.url, note: 'EVENTSTOREDB_URL is not set: a server of the tests, whose figures say nothing' };
};
