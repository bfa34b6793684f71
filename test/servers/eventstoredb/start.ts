import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forkNode } from './child/fork-node.js';
import { host } from './node/serve.js';
import { startNode, type NodeSettings } from './node/start-node.js';
import { launch, type NodeHandle } from './server.js';
import { createCertificate } from './tls/certificate.js';
import type { EventStoreOptions, EventStoreServer } from './types.js';

/** Starts a server that speaks the protocol of EventStoreDB 23.10; what it does not do stands in its README. */
export const startEventStoreServer = async (options: EventStoreOptions = {}): Promise<EventStoreServer> => {
  const { runs = 'in_process', folder = newFolder(), port = 0, tls = false, users = [] } = options;
  mkdirSync(folder, { recursive: true });
  const certificate = tls ? createCertificate() : undefined;
  const authorityFile = join(folder, 'ca.pem');
  if (certificate !== undefined) writeFileSync(authorityFile, certificate.certificate);
  return launch({
    settings: { folder, port, users, certificate },
    start: runs === 'child' ? forkNode : startHere,
    urlOf: (taken) =>
      `esdb://${host}:${taken}?tls=${tls}${tls ? `&tlsCAFile=${encodeURIComponent(authorityFile)}` : ''}`,
    dispose: async () => {
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  });
};

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'stock-ledger-eventstoredb-'));

const startHere = async (settings: NodeSettings): Promise<NodeHandle> => {
  const node = await startNode(settings);
  return { ...node, command: async (command) => Promise.resolve(node.command(command)) };
};
