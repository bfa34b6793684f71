import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guardScript } from './guard.js';
import { becomesTrue, sharedKafka, startKafka } from './index.js';

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [host = '', port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

describe('a broker for tests', () => {
  it('is shared by the tests of a run', async () => {
    const brokers = await sharedKafka();
    expect(await sharedKafka()).toEqual(brokers);
    expect(await Promise.all(brokers.map(answers))).toEqual(brokers.map(() => true));
  });

  it('is killed, started on its port again, and leaves nothing behind', async () => {
    const cluster = await startKafka();
    const [address = ''] = cluster.brokers;
    expect(await isThere(cluster.folder)).toBe(true);
    await cluster.kill(1);
    expect(await answers(address)).toBe(false);
    await cluster.start(1);
    expect(await answers(address)).toBe(true);
    await cluster.stop();
    expect(await answers(address)).toBe(false);
    expect(await isThere(cluster.folder)).toBe(false);
  });

  it('dies with its owner, however that dies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-guarded-'));
    await mkdir(join(folder, 'node-1'));
    const [guarded, control] = [await sleeper(), await sleeper()];
    await writeFile(join(folder, 'node-1', 'pid'), String(guarded));
    const owner = spawn(process.execPath, ['-e', ownerScript, guardScript, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    expect(isAlive(guarded)).toBe(true);
    owner.kill('SIGKILL');
    expect(await becomesTrue(async () => !isAlive(guarded) && !(await isThere(folder)), 30_000)).toBe(true);
    expect(isAlive(control)).toBe(true);
    process.kill(control, 'SIGKILL');
  });
});

/** What a test process does that starts a broker, without the broker. */
const ownerScript = `
const { spawn } = require('node:child_process');
const [script, folder] = process.argv.slice(1);
spawn('sh', ['-c', script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  .once('spawn', () => process.stdout.write('guarded'));
setInterval(() => undefined, 60_000);
`;

const sleeper = async (): Promise<number> => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child.pid ?? 0;
};

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
