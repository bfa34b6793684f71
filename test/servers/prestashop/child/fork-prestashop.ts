import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PrestashopOptions } from '../start.js';
import type { Order, Report } from './messages.js';

/** Beside this file once it is built, and under dist for a test that runs from the sources. */
const main = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../dist/test/servers/prestashop/child/main.js', import.meta.url)
    : new URL('main.js', import.meta.url),
);

/** A shop in a process of its own, which ends with this one. What it holds ends with it. */
export type PrestashopProcess = {
  readonly url: string;
  readonly port: number;
  readonly key: string;
  /** A function of the server by its path, as "shop.placeOrder"; what it takes and returns is copied. */
  readonly call: (path: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** SIGKILL: nothing more is answered. */
  readonly kill: () => Promise<void>;
};

export const forkPrestashop = async (options: PrestashopOptions): Promise<PrestashopProcess> => {
  const child = fork(main, { execArgv: ['--enable-source-maps'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const started = await ask(child, { kind: 'start', options });
  if (started.kind !== 'started') throw new Error('It did not start.');
  const { url, port, key } = started;
  return {
    url,
    port,
    key,
    call: async (path, ...args) => {
      const report = await ask(child, { kind: 'call', path, args });
      return report.kind === 'returned' ? report.value : undefined;
    },
    kill: async () => {
      if (hasEnded(child)) return;
      const exited = once(child, 'exit');
      end();
      await exited;
    },
  };
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const ask = (child: ChildProcess, order: Order): Promise<Exclude<Report, { readonly kind: 'failed' }>> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('The shop has ended.'));
    if (hasEnded(child)) return onExit();
    child.once('exit', onExit);
    child.once('message', (report: Report) => {
      child.off('exit', onExit);
      if (report.kind === 'failed') reject(new Error(report.message));
      else resolve(report);
    });
    child.send(order);
  });
