import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInProcess, type Launch } from './in-process.js';
import { host } from './node/start-node.js';
import type { EventStoreOptions, EventStoreServer } from './types.js';

/** Starts a server that speaks the protocol of EventStoreDB 23.10; what it does not do stands in its README. */
export const startEventStoreServer = async (options: EventStoreOptions = {}): Promise<EventStoreServer> =>
  startInProcess(launchOf(options));

const launchOf = ({ folder, port = 0, users = [] }: EventStoreOptions): Launch => {
  const made = folder ?? mkdtempSync(join(tmpdir(), 'stock-ledger-eventstoredb-'));
  return {
    folder: made,
    port,
    users,
    certificate: undefined,
    urlOf: (taken) => `esdb://${host}:${taken}?tls=false`,
    dispose: async () => {
      if (folder === undefined) await rm(made, { recursive: true, force: true });
    },
  };
};
