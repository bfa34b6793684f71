import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { becomesTrue } from '../../crash/service/becomes-true.js';

const run = promisify(execFile);

/** As in the pom. */
const version = '4.3.1';
/** Of the repository, from the sources and from what is built of them. */
const here = join('test', 'servers', 'kafka');
const root = import.meta.dirname.slice(0, -here.length).replace(/dist.$/u, '');
const cache = join(root, 'node_modules/.cache/kafka');
const pom = join(root, here, 'pom.xml');
/** 44 MB come in seconds; a slow line gets its time. */
const fetchMillisMax = 300_000;

export class KafkaMissingError extends Error {
  override readonly name = 'KafkaMissingError';
}

/**
 * The folder with the broker's jars, fetched by Maven once and kept beside the other caches.
 *
 * @throws KafkaMissingError when Java or Maven is not there: tests that need a broker fail, they are never left out
 */
export const kafkaJars = async (): Promise<string> => {
  const folder = join(cache, version);
  await demandProgram('java', ['-version'], 'Java 17 or later');
  if (await isThere(folder)) return folder;
  await demandProgram('mvn', ['-v'], 'Maven 3');
  await mkdir(cache, { recursive: true });
  await withLock(join(cache, 'lock'), async () => {
    if (!(await isThere(folder))) await fetchJars(folder);
  });
  return folder;
};

/** Fetched beside and renamed, so that the folder is whole or absent. */
const fetchJars = async (folder: string): Promise<void> => {
  const unfinished = `${folder}.${process.pid}`;
  const settings = ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`];
  try {
    await run('mvn', settings, { timeout: fetchMillisMax });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

const demandProgram = async (program: string, args: readonly string[], what: string): Promise<void> => {
  try {
    await run(program, args);
  } catch {
    throw new KafkaMissingError(
      `These tests need a Kafka broker, and there is no ${what} to run one (no "${program}" on the PATH). ` +
        'Install it, or name a running broker: KAFKA_BROKERS=host:port',
    );
  }
};

/** Two processes may want the jars at the same time. Held by the one whose number the file has. */
const withLock = async (path: string, work: () => Promise<void>): Promise<void> => {
  const locked = await becomesTrue(async () => {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      await removeOrphan(path);
      return false;
    }
  }, fetchMillisMax);
  if (!locked) throw new Error(`Another process holds ${path} for too long.`);
  try {
    await work();
  } finally {
    await rm(path, { force: true });
  }
};

const removeOrphan = async (path: string): Promise<void> => {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  // Empty: it is being written at this moment.
  if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
