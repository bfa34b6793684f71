import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benches } from './benches/index.js';
import { redisVersion } from './contestants/redis.js';

const entry = join(import.meta.dirname, '../../dist/test/bench/main.js');

type Ended = { readonly status: number | null; readonly out: string; readonly said: string };

/** Where the runs of this file keep their servers: what is left in here was left behind. */
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [entry, ...args], { env: { ...process.env, TMPDIR: folder }, stdio: 'pipe' });

const ended = async (child: ChildProcess): Promise<Ended> => {
  let [out, said] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, out, said };
};

const whoeverRuns = (): string[] =>
  spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(folder));

const saidBy = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      if ((said += chunk.toString()).includes(text)) resolve();
    });
  });

const environment = {
  cpu: expect.any(String) as string,
  cores: expect.any(Number) as number,
  node: process.version,
  postgres: expect.stringMatching(/^\d+/u) as string,
  postgresSettings: expect.stringContaining('fsync=on synchronous_commit=on') as string,
  redis: redisVersion() ?? 'not installed',
  flushMs: expect.any(Number) as number,
};

const standing = {
  name: expect.any(String) as string,
  perSecond: expect.any(Number) as number,
  latencyMs: {
    p50: expect.any(Number) as number,
    p99: expect.any(Number) as number,
    max: expect.any(Number) as number,
  },
};

type Json = { readonly bench: string; readonly standings?: readonly { readonly perSecond: number }[] };

describe('npm run bench', () => {
  it.each(benches)('$name ends with one JSON object, and leaves nothing behind', async ({ name }) => {
    const { status, out, said } = await ended(start(name, '--smoke', '--json'));
    expect(status, said).toBe(0);
    const json = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Json;
    expect(json).toMatchObject({ bench: name, environment });
    expect(json).toHaveProperty('expectations[0].value', expect.any(Number));
    expect(json).toHaveProperty('expectations[0].met', expect.any(Boolean));
    for (const each of json.standings ?? []) {
      expect(each).toMatchObject(standing);
      expect(each.perSecond).toBeGreaterThan(0);
    }
    expect(await readdir(folder)).toEqual([]);
    expect(whoeverRuns()).toEqual([]);
  });

  it('says so where Redis is not installed, and measures the others', async () => {
    const child = spawn(process.execPath, [entry, 'hot-sku', '--smoke', '--json'], {
      env: { ...process.env, TMPDIR: folder, REDIS_SERVER: '/nowhere/redis-server' },
      stdio: 'pipe',
    });
    const { status, out, said } = await ended(child);
    expect(status, said).toBe(0);
    expect(out).toContain('redis-server is not installed: left out');
  });

  it('stops its servers when it is interrupted', async () => {
    const child = start('hot-sku', '--seconds', '60');
    const end = ended(child);
    await saidBy(child, 'warming up');
    expect(whoeverRuns()).not.toEqual([]);
    child.kill('SIGINT');
    expect((await end).status).toBe(130);
    expect(whoeverRuns()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    [['no-such-bench'], 'There is no bench no-such-bench.'],
    [[], 'Which bench?'],
    [['wide', '--rounds', '0'], '--rounds is a whole number'],
    [['wide', '--seconds', 'soon'], '--seconds is above 0'],
    [['wide', '--fast'], '--fast'],
  ])('refuses %j with a sentence and the usage', async (args, sentence) => {
    const { status, out, said } = await ended(start(...args));
    expect(status).toBe(2);
    expect(said).toContain(sentence);
    expect(out).toContain('npm run bench -- NAME');
  });
});
