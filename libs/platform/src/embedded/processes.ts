/** Small helpers for files and processes. */
import { execFile } from 'node:child_process';
import { access, chown, readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Identity } from './layout.js';

/** A fast stop writes a checkpoint: shared_buffers to disk. After that it is stopped without one. */
export const STOP_MS_MAX = 60_000;
const POLL_MS = 10;

export const run = promisify(execFile);

export const own = async (path: string, { uid, gid }: Identity): Promise<void> => {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
};

export const writeWhole = async (path: string, text: string): Promise<void> => {
  const unfinished = `${path}.new`;
  await writeFile(unfinished, text, { mode: 0o600, flush: true });
  await rename(unfinished, path);
};

export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
};

export const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
};

export const becomesTrue = async (condition: () => Promise<boolean>, msMax: number): Promise<boolean> => {
  const deadline = performance.now() + msMax;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
};

export const signalQuietly = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
};

export const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

export const messageOf = (error: unknown): string => {
  const { message, stderr } = error as { message?: string; stderr?: string };
  return (stderr?.trim() || message) ?? String(error);
};
