/** Who runs on a data folder: one live run, and no postmaster that a killed one left behind. */
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './contract.js';
import { type Layout, type Run } from './layout.js';
import { STOP_MS_MAX, becomesTrue, codeOf, readIfThere, run, signalQuietly } from './processes.js';

/** Two live runs on one folder would stop each other's server as an orphan. The link is made by one of them only. */
export const claim = async (layout: Layout): Promise<void> => {
  const mine: Run = { pid: process.pid, startedAt: (await startTimeOf(process.pid)) ?? '' };
  const draft = `${layout.run}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600, flush: true });
  try {
    while (!(await linked(draft, layout.run))) await removeStaleClaim(layout);
  } finally {
    await rm(draft, { force: true });
  }
};

const removeStaleClaim = async (layout: Layout): Promise<void> => {
  const text = await readIfThere(layout.run);
  if (text === undefined) return;
  const holder = JSON.parse(text) as Run;
  if ((await startTimeOf(holder.pid)) === holder.startedAt) {
    throw new EmbeddedPostgresError(
      `${layout.dataDir} is in use by process ${holder.pid}. Stop that one, or name another data folder.`,
    );
  }
  await rm(layout.run, { force: true });
};

const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/** Tells a process from a later one with the same number. undefined: there is none. */
const startTimeOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform === 'linux') {
    const stat = await readIfThere(`/proc/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Z: it has ended, and nobody has asked for its exit code; in a container often nobody ever does.
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  try {
    return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
};

export const stopOrphan = async (layout: Layout): Promise<void> => {
  const pid = Number((await readIfThere(join(layout.cluster, 'postmaster.pid')))?.split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  if (await isPostmasterOf(pid, layout.cluster)) {
    await signalUntilGone(pid, () => isPostmasterOf(pid, layout.cluster));
  }
  // A zombie's or a stranger's number by now: PostgreSQL would take it for a running server and refuse to start. What a
  // killed postmaster's own backends still hold is seen by the shared memory of the folder, not by this file.
  await rm(join(layout.cluster, 'postmaster.pid'), { force: true });
};

/** The number in postmaster.pid may long belong to somebody else: a postmaster stands in its data directory. */
const isPostmasterOf = async (pid: number, cluster: string): Promise<boolean> => {
  if (process.platform === 'linux') {
    try {
      return realpathSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      return false;
    }
  }
  try {
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.includes(cluster);
  } catch {
    return false;
  }
};

export const signalUntilGone = async (pid: number, isRunning: () => Promise<boolean>): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signalQuietly(pid, signal);
    if (await becomesTrue(async () => !(await isRunning()), STOP_MS_MAX)) return;
  }
  throw new EmbeddedPostgresError(`The PostgreSQL process ${pid} does not end, not even killed.`);
};
