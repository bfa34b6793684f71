import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { becomesTrue } from '../../crash/service/becomes-true.js';

const run = promisify(execFile);

/** A cold broker on a machine that does much else; one that was killed waits for its old registration to expire. */
const readyMillisMax = 120_000;

/** Where a node lives: `folder` holds server.properties, data/, server.log and, while it runs, pid. */
export type NodeHome = { readonly folder: string; readonly jars: string; readonly heapMegabytes: number };

const classPath = (jars: string): readonly string[] => ['-cp', join(jars, '*')];

/** Prepares the data folder for the cluster of this id. */
export const format = async (
  { folder, jars }: NodeHome,
  clusterId: string,
  more: readonly string[] = [],
): Promise<void> => {
  const what = ['format', '-t', clusterId, '-c', join(folder, 'server.properties'), ...more];
  await run('java', [...quick, ...classPath(jars), 'kafka.tools.StorageTool', ...what]);
};

/** Starting fast matters more than running fast. */
const quick = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

/**
 * Starts the broker and waits until it serves. In a session of its own (a Ctrl-C in the terminal is for us), and not
 * counted by the event loop, so that a forgotten `stop` keeps no process alive.
 */
export const launch = async (home: NodeHome): Promise<ChildProcess> => {
  const log = await open(join(home.folder, 'server.log'), 'w');
  const child = spawn('java', javaArguments(home), {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    cwd: home.folder,
  });
  await once(child, 'spawn');
  await log.close();
  child.unref();
  await writeFile(join(home.folder, 'pid'), String(child.pid));
  const ready = await becomesTrue(async () => hasEnded(child) || (await isServing(home)), readyMillisMax);
  if (ready && !hasEnded(child)) return child;
  await end(child, home);
  throw new Error(`The broker did not start. It said:\n${(await said(home)).slice(-4_000)}`);
};

const javaArguments = ({ folder, jars, heapMegabytes }: NodeHome): readonly string[] => [
  ...quick,
  `-Xmx${heapMegabytes}m`,
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
  ...classPath(jars),
  'kafka.Kafka',
  join(folder, 'server.properties'),
];

const said = (home: NodeHome): Promise<string> => readFile(join(home.folder, 'server.log'), 'utf8');

/** Said after the broker has caught up with the metadata and is let in. */
const isServing = async (home: NodeHome): Promise<boolean> => (await said(home)).includes('Kafka Server started');

/** kill -9, awake or stopped; resolves when it has gone. */
export const end = async (child: ChildProcess, home: NodeHome): Promise<void> => {
  child.ref();
  child.kill('SIGKILL');
  if (!hasEnded(child)) await once(child, 'exit');
  await rm(join(home.folder, 'pid'), { force: true });
};

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;
