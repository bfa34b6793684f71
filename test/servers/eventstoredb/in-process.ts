import { mkdirSync } from 'node:fs';
import { faultsOf } from './node/faults.js';
import { host, startNode, type NodeSettings, type RunningNode } from './node/start-node.js';
import type { EventStoreServer } from './types.js';

/** What both variants share with whoever made the folder. */
export type Launch = Omit<NodeSettings, 'port'> & {
  readonly port: number;
  readonly urlOf: (port: number) => string;
  /** Removes what was made for the server. */
  readonly dispose: () => Promise<void>;
};

/** A server in this process. `kill` resets its connections and forgets all but the log's file. */
export const startInProcess = async (launch: Launch): Promise<EventStoreServer> => {
  mkdirSync(launch.folder, { recursive: true });
  let node: RunningNode | undefined = await startNode(launch);
  const { port } = node;
  const kill = async (): Promise<void> => {
    const running = node;
    node = undefined;
    await running?.end();
  };
  const running = (): RunningNode => {
    if (node === undefined) throw new Error('The server does not run: call restart() first.');
    return node;
  };
  return {
    url: launch.urlOf(port),
    host,
    port,
    folder: launch.folder,
    faults: faultsOf(async (command) => Promise.resolve(running().command(command))),
    kill,
    restart: async () => {
      await kill();
      node = await startNode({ ...launch, port });
    },
    stop: async () => {
      await kill();
      await launch.dispose();
    },
  };
};
