export type NodePorts = { readonly broker: number; readonly controller: number };

const host = '127.0.0.1';

export const addressOf = ({ broker }: NodePorts): string => `${host}:${broker}`;

/** Of one node, which is broker and controller, in the format of server.properties. Nodes are numbered from 1. */
export const propertiesOf = (
  node: number,
  nodes: readonly NodePorts[],
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): string => {
  const ports = nodes[node - 1];
  if (ports === undefined) throw new Error(`There is no node ${node}.`);
  const voters = nodes.map(({ controller }, index) => `${index + 1}@${host}:${controller}`);
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': String(node),
    'controller.quorum.voters': voters.join(','),
    listeners: `PLAINTEXT://${addressOf(ports)},CONTROLLER://${host}:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://${addressOf(ports)}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDir,
    ...replication(nodes.length),
    ...forTests,
    ...settings,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
};

const replication = (nodes: number): Readonly<Record<string, string>> => {
  const inSync = String(Math.ceil((nodes + 1) / 2));
  return {
    'default.replication.factor': String(nodes),
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': String(nodes),
    'transaction.state.log.replication.factor': String(nodes),
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': String(nodes),
    'share.coordinator.state.topic.min.isr': inSync,
  };
};

const forTests: Readonly<Record<string, string>> = {
  'auto.create.topics.enable': 'false',
  'offsets.topic.num.partitions': '6',
  'transaction.state.log.num.partitions': '2',
  // The first member of a group need not wait for others.
  'group.initial.rebalance.delay.ms': '0',
  'group.min.session.timeout.ms': '1000',
  // After a kill a node is let in again only when its old registration has expired (by default after 9 s).
  'broker.session.timeout.ms': '2000',
  'broker.heartbeat.interval.ms': '500',
  // Compaction and retention are waited for.
  'log.cleaner.backoff.ms': '200',
  'log.cleaner.dedupe.buffer.size': '4194304',
  'log.retention.check.interval.ms': '500',
  'log.initial.task.delay.ms': '500',
  'num.network.threads': '2',
  'num.io.threads': '4',
};
