import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startMillisMax, within } from '../support/deadline.js';
import type { Scope } from '../support/scope.js';

/** The standalone service in a process of its own, and its twin that answers constants. */
export type BenchService = {
  readonly url: string;
  readonly twinUrl: string;
  readonly token: string;
  /** Resolves when the read side has caught up. */
  readonly settle: (millisMax?: number) => Promise<void>;
  /** The most memory that its process has had, in MiB. */
  readonly peakMegabytes: () => Promise<number>;
};

type Message =
  | { readonly kind: 'ready'; readonly url: string; readonly twinUrl: string; readonly token: string }
  | { readonly kind: 'settled' }
  | { readonly kind: 'peak'; readonly megabytes: number };

export const startBenchService = async (
  databaseUrl: string,
  scope: Scope,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchService> => {
  const child = fork(new URL('../service/main.js', import.meta.url), {
    env: {
      ...process.env,
      // Measured are the engine and the transport that stand next to the contestants, whatever else is there.
      ...{ EVENTSTOREDB_URL: '', KAFKA_BROKERS: '' },
      ...{ DATABASE_URL: databaseUrl, PORT: '0', RATE_LIMIT_PER_SECOND: '1000000' },
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  scope.add('the service', async () => {
    await stopped(child, ended);
    process.off('exit', kill);
  });
  const ready = await within('starting the service', startMillisMax, heard(child, ended, 'ready'));
  return {
    ...ready,
    settle: async (millisMax = settleMillisMax) => {
      const settled = heard(child, ended, 'settled');
      child.send({ kind: 'settle' });
      await within('the read side', millisMax, settled);
    },
    peakMegabytes: async () => {
      const told = heard(child, ended, 'peak');
      child.send({ kind: 'peak' });
      return (await told).megabytes;
    },
  };
};

const settleMillisMax = 60_000;

const heard = async <Kind extends Message['kind']>(
  child: ChildProcess,
  ended: Promise<unknown>,
  kind: Kind,
): Promise<Extract<Message, { kind: Kind }>> => {
  const failed = ended.then(() => Promise.reject(new Error('The service ended')));
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [Message];
  if (message.kind !== kind) throw new Error(`The service said ${message.kind} instead of ${kind}`);
  return message as Extract<Message, { kind: Kind }>;
};

/** Without its bench the service stops by itself. */
const stopped = async (child: ChildProcess, ended: Promise<unknown>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (child.connected) child.disconnect();
  const patience = setTimeout(() => child.kill('SIGKILL'), politeMillisMax);
  await ended;
  clearTimeout(patience);
};
const politeMillisMax = 8_000;
