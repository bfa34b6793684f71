import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './markdown.js';

/** A ledger as a person starts it, but for the port and the folder, with what it printed. */
export type StartedLedger = {
  readonly url: string;
  /** The key that the first start printed. */
  readonly key: string;
  readonly folder: string;
  /** Ends the process, by the signal of a service manager; its folder stays. The exit code. */
  readonly pause: () => Promise<number | null>;
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<number | null>;
};

const readyMillisMax = 90_000;

const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'stock-ledger-docs-'));

/** `npm start` on a free port. @throws Error with what it said, where it does not get ready */
export const startLedger = async (given?: string): Promise<StartedLedger> => {
  const folder = given ?? (await freshFolder());
  // Started by root, the database runs as a user of its own, who has to reach it.
  await chmod(folder, 0o755);
  const child = spawn('npm', ['start'], {
    cwd: repository,
    // On the engine that documents show, whichever one the other tests are pointed at.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LEDGER_DATA: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pause = (): Promise<number | null> => ended(child);
  const stop = async (): Promise<number | null> => {
    const code = await pause();
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  try {
    const output = await readyOutput(child);
    const url = /"url":"([^"]+)"/u.exec(output)?.[1] ?? '';
    return { url, key: /sl_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/u.exec(output)?.[0] ?? '', folder, pause, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const readyOutput = async (child: ChildProcess): Promise<string> => {
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    const see = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/"message":"Ready".*\n/u.test(output)) resolve(output);
    };
    child.stdout?.on('data', see);
    child.stderr?.on('data', see);
    child.once('exit', () => reject(new Error(`It ended: ${output}`)));
    setTimeout(() => reject(new Error(`Not ready in time: ${output}`)), readyMillisMax).unref();
  });
  return ready;
};

const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
  return child.exitCode;
};
