import { faultsOf, type FaultCommand } from './node/faults.js';
import { host } from './node/serve.js';
import type { NodeSettings } from './node/start-node.js';
import type { EventStoreServer } from './types.js';

/** A node that runs, here or in a process of its own. */
export type NodeHandle = {
  readonly port: number;
  readonly command: (command: FaultCommand) => Promise<number>;
  /** At once: nothing more is answered. */
  readonly end: () => Promise<void>;
};

export type Launch = {
  readonly settings: NodeSettings;
  readonly start: (settings: NodeSettings) => Promise<NodeHandle>;
  readonly urlOf: (port: number) => string;
  /** Removes what was made for the server. */
  readonly dispose: () => Promise<void>;
};

/** A server over nodes: each restart is a new one on the same folder and port, without the faults of the last. */
export const launch = async ({ settings, start, urlOf, dispose }: Launch): Promise<EventStoreServer> => {
  let node: NodeHandle | undefined = await start(settings);
  const { port } = node;
  const kill = async (): Promise<void> => {
    const running = node;
    node = undefined;
    await running?.end();
  };
  const send = async (command: FaultCommand): Promise<number> => {
    if (node === undefined) throw new Error('The server does not run: call restart() first.');
    return node.command(command);
  };
  return {
    url: urlOf(port),
    host,
    port,
    folder: settings.folder,
    faults: faultsOf(send),
    costs: async () => ({
      reads: await send({ kind: 'count_reads' }),
      given: await send({ kind: 'count_given' }),
      appends: await send({ kind: 'count_appends' }),
    }),
    kill,
    restart: async () => {
      await kill();
      node = await start({ ...settings, port });
    },
    stop: async () => {
      await kill();
      await dispose();
    },
  };
};
