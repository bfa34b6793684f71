import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from './guard.js';
import { kafkaJars } from './jars.js';
import { end, format, hasEnded, launch, type NodeHome } from './node.js';
import { addressOf, propertiesOf, scramArguments, type NodePorts, type Security } from './properties.js';

export type KafkaOptions = {
  readonly nodes?: 1 | 3;
  /** Lines of server.properties beside or instead of ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Clients come over TLS and say who they are; without it everybody is let in. */
  readonly security?: Security;
};

/** Real brokers in KRaft mode, each broker and controller. Nodes are numbered from 1. */
export type KafkaCluster = {
  /** host:port of each node; they keep them through kill and start. */
  readonly brokers: readonly string[];
  /** A folder a node, with its log and its data. */
  readonly folder: string;
  /** kill -9. */
  readonly kill: (node: number) => Promise<void>;
  /** It stays connected and says nothing (SIGSTOP), until `resume`. */
  readonly silence: (node: number) => void;
  readonly resume: (node: number) => void;
  /** Starts a killed node again, on its data. Resolves when it serves. */
  readonly start: (node: number) => Promise<void>;
  /** Ends every node and removes the data. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts a cluster on free ports and on data in a temporary folder. Nothing of it outlives this process.
 *
 * @throws KafkaMissingError without Java or Maven
 */
export const startKafka = async ({ nodes = 1, settings = {}, security }: KafkaOptions = {}): Promise<KafkaCluster> => {
  const jars = await kafkaJars();
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-kafka-'));
  const watching = await guard(folder);
  try {
    const ports = await freePorts(nodes);
    const homes = await furnish(folder, jars, ports, { settings, security });
    const children = await Promise.all(homes.map(launch));
    return {
      brokers: ports.map(addressOf),
      folder,
      ...controlsOf(homes, children),
      stop: stopOf(homes, children, watching),
    };
  } catch (error) {
    await watching.dismiss();
    throw error;
  }
};

const furnish = async (
  folder: string,
  jars: string,
  ports: readonly NodePorts[],
  {
    settings,
    security,
  }: { readonly settings: Readonly<Record<string, string>>; readonly security?: Security | undefined },
): Promise<readonly NodeHome[]> => {
  const clusterId = newClusterId();
  const heapMegabytes = ports.length === 1 ? 512 : 400;
  const homes = ports.map((_, index) => ({ folder: join(folder, `node-${index + 1}`), jars, heapMegabytes }));
  await Promise.all(
    homes.map(async (home, index) => {
      await mkdir(home.folder);
      const text = propertiesOf(index + 1, ports, join(home.folder, 'data'), settings, security);
      await writeFile(join(home.folder, 'server.properties'), text);
      await format(home, clusterId, security && scramArguments(security));
    }),
  );
  return homes;
};

/** A Kafka Uuid. One that began with a dash would be taken for an option. */
const newClusterId = (): string => Buffer.concat([Buffer.from('k'), randomBytes(15)]).toString('base64url');

const controlsOf = (
  homes: readonly NodeHome[],
  children: ChildProcess[],
): Omit<KafkaCluster, 'brokers' | 'folder' | 'stop'> => ({
  kill: (node) => end(at(children, node), at(homes, node)),
  silence: (node) => signal(at(children, node), 'SIGSTOP'),
  resume: (node) => signal(at(children, node), 'SIGCONT'),
  start: async (node) => {
    if (hasEnded(at(children, node))) children[node - 1] = await launch(at(homes, node));
  },
});

const stopOf =
  (homes: readonly NodeHome[], children: ChildProcess[], watching: { dismiss: () => Promise<void> }) =>
  async (): Promise<void> => {
    await Promise.all(children.map((child, index) => end(child, at(homes, index + 1))));
    await watching.dismiss();
  };

const at = <T>(items: readonly T[], node: number): T => {
  const item = items[node - 1];
  if (item === undefined) throw new Error(`There is no node ${node}.`);
  return item;
};

const signal = (child: ChildProcess, name: NodeJS.Signals): void => {
  child.kill(name);
};

/** All are held before any is let go, so that no two are the same. */
const freePorts = async (nodes: number): Promise<readonly NodePorts[]> => {
  const servers = await Promise.all(Array.from({ length: nodes * 2 }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Array.from({ length: nodes }, (_, node) => ({
    broker: at(ports, node * 2 + 1),
    controller: at(ports, node * 2 + 2),
  }));
};

const listenAnywhere = async (): Promise<Server> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
