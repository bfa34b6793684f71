import { rm } from 'node:fs/promises';
import { host, serve, type RunningNode } from './node/serve.js';
import { openLog } from './node/start-node.js';
import { newFolder } from './start.js';
import type { Endpoint } from './types.js';

/**
 * Nodes of one cluster in this process. They share one log, as if everything were replicated at once; who leads is what
 * the test says.
 */
export type EventStoreCluster = {
  /** Names every node, and prefers the leader. */
  readonly url: string;
  readonly nodes: readonly Endpoint[];
  /** Undefined from the leader's end until the next one is elected. */
  readonly leader: () => Endpoint | undefined;
  readonly elect: (node: Endpoint) => void;
  /** As SIGKILL does; the others are without a leader when it was the leader. */
  readonly kill: (node: Endpoint) => Promise<void>;
  readonly restart: (node: Endpoint) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts that many nodes; the first one leads. */
export const startEventStoreCluster = async ({ nodes: count = 3 } = {}): Promise<EventStoreCluster> => {
  const folder = newFolder();
  const { log, close } = openLog(folder);
  const start = (port: number): Promise<RunningNode> => serve({ log, port, certificate: undefined, users: [] });
  const started = await Promise.all(Array.from({ length: count }, () => start(0)));
  const nodes = started.map(({ port }): Endpoint => ({ host, port }));
  const running = new Map(started.map((node) => [node.port, node]));
  const end = async ({ port }: Endpoint): Promise<void> => {
    const node = running.get(port);
    running.delete(port);
    await node?.end();
  };
  let leader: Endpoint | undefined;
  const tellRoles = (): void => {
    for (const node of running.values()) tellRole(node, leader);
  };
  const lead = (node: Endpoint | undefined): void => {
    leader = node;
    tellRoles();
  };
  lead(nodes[0]);
  return {
    url: `esdb://${nodes.map(({ port }) => `${host}:${port}`).join(',')}?tls=false&nodePreference=leader`,
    nodes,
    leader: () => leader,
    elect: lead,
    kill: async (node) => {
      await end(node);
      if (node.port === leader?.port) lead(undefined);
    },
    restart: async (node) => {
      await end(node);
      running.set(node.port, await start(node.port));
      tellRoles();
    },
    stop: async () => {
      await Promise.all(nodes.map(end));
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const tellRole = (node: RunningNode, leader: Endpoint | undefined): void => {
  if (leader === undefined) node.command({ kind: 'lose_leader' });
  else node.command(leader.port === node.port ? { kind: 'heal' } : { kind: 'follow', leader });
};
