import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultCommand } from '../node/faults.js';
import type { NodeSettings } from '../node/start-node.js';
import type { NodeHandle } from '../server.js';
import type { Order, Report } from './messages.js';

/** Beside this file once it is built, and under dist for a test that runs from the sources. */
const main = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../dist/test/servers/eventstoredb/child/main.js', import.meta.url)
    : new URL('main.js', import.meta.url),
);

/** A node in a process of its own, which ends with this one. */
export const forkNode = async (settings: NodeSettings): Promise<NodeHandle> => {
  const child = fork(main, { execArgv: ['--enable-source-maps'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  const { port } = await ask(child, { kind: 'start', settings });
  return {
    port,
    command: (command) => sendCommand(child, command),
    end: async () => {
      if (hasEnded(child)) return;
      const exited = once(child, 'exit');
      end();
      await exited;
    },
  };
};

/** A stopped process answers nothing at all: no byte, no ping, no order. */
const sendCommand = async (child: ChildProcess, command: FaultCommand): Promise<number> => {
  if (command.kind === 'silence') {
    child.kill('SIGSTOP');
    return 0;
  }
  if (command.kind === 'heal') child.kill('SIGCONT');
  const { due } = await ask(child, { kind: 'command', command });
  return due;
};

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const ask = (child: ChildProcess, order: Order): Promise<Extract<Report, { readonly kind: 'done' }>> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('The server has ended.'));
    if (hasEnded(child)) return onExit();
    child.once('exit', onExit);
    child.once('message', (report: Report) => {
      child.off('exit', onExit);
      if (report.kind === 'done') resolve(report);
      else reject(new Error(report.message));
    });
    child.send(order);
  });
