export type NodePorts = { readonly broker: number; readonly controller: number };

const host = '127.0.0.1';

/** A listener that clients reach over TLS and prove who they are to; brokers among themselves do so too. */
export type Security = {
  /** A PEM file with the broker's key and certificate, and one with the authority that signed it. */
  readonly keyStore: string;
  readonly trustStore: string;
  /** Names and passwords that are let in, by SASL PLAIN and by SCRAM. */
  readonly users: Readonly<Record<string, string>>;
};

export const addressOf = ({ broker }: NodePorts): string => `${host}:${broker}`;

/** Of one node, which is broker and controller, in the format of server.properties. Nodes are numbered from 1. */
export const propertiesOf = (
  node: number,
  nodes: readonly NodePorts[],
  dataDir: string,
  settings: Readonly<Record<string, string>>,
  security?: Security,
): string => {
  const ports = nodes[node - 1];
  if (ports === undefined) throw new Error(`There is no node ${node}.`);
  const voters = nodes.map(({ controller }, index) => `${index + 1}@${host}:${controller}`);
  const protocol = security === undefined ? 'PLAINTEXT' : 'SASL_SSL';
  const lines = {
    'process.roles': 'broker,controller',
    'node.id': String(node),
    'controller.quorum.voters': voters.join(','),
    listeners: `${protocol}://${addressOf(ports)},CONTROLLER://${host}:${ports.controller}`,
    'advertised.listeners': `${protocol}://${addressOf(ports)}`,
    'inter.broker.listener.name': protocol,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': `${protocol}:${protocol},CONTROLLER:PLAINTEXT`,
    'log.dirs': dataDir,
    ...replication(nodes.length),
    ...forTests,
    ...(security && securityLines(security)),
    ...settings,
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
};

/** The broker itself is a client, too, of its own listener: it has a name there like others. */
const brokerUser = { name: 'broker', password: 'between-brokers' };

const securityLines = ({ keyStore, trustStore, users }: Security): Readonly<Record<string, string>> => {
  const login = (module: string, rest = ''): string =>
    `org.apache.kafka.common.security.${module} required username="${brokerUser.name}" password="${brokerUser.password}"${rest};`;
  const known = Object.entries({ ...users, [brokerUser.name]: brokerUser.password });
  const letIn = known.map(([name, password]) => ` user_${name}="${password}"`).join('');
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': trustStore,
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
    'sasl.mechanism.inter.broker.protocol': 'PLAIN',
    'listener.name.sasl_ssl.plain.sasl.jaas.config': login('plain.PlainLoginModule', letIn),
    'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': login('scram.ScramLoginModule'),
  };
};

/** What the data folder is formatted with, so that SCRAM knows its users before the first start. */
export const scramArguments = ({ users }: Security): readonly string[] =>
  Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);

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
