import { spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { forkPrestashop, type PrestashopProcess } from '../servers/prestashop/index.js';

let shop: PrestashopProcess | undefined;

afterEach(() => shop?.kill());

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout } = spawnSync(process.execPath, ['dist/test/conformance/main.js', 'prestashop', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
};

const kept = { status: 0, last: '16 passed, 0 failed, 8 skipped' };

it('a shop in a process of its own keeps every promise, by options and by variables', async () => {
  shop = await forkPrestashop({ version: '9.1', seed: 'demo' });
  const { url, key } = shop;
  expect(run(['--url', url, '--key', key, '--sku', 'demo_11', '--sku', 'demo_12'])).toEqual(kept);
  expect(run([], { PRESTASHOP_URL: url, PRESTASHOP_KEY: key, PRESTASHOP_SKUS: 'demo_12' })).toEqual(kept);
});

it('control: a shop that is away, or takes no such key, is no success', async () => {
  shop = await forkPrestashop({ version: '8.2', seed: 'demo' });
  const { url } = shop;
  expect(run(['--url', url, '--key', 'X'.repeat(32), '--sku', 'demo_11']).status).toBe(1);
  await shop.kill();
  expect(run(['--url', url, '--key', 'X'.repeat(32), '--sku', 'demo_11']).status).toBe(1);
  expect(run(['--url', url]).status).toBe(2);
  expect(run(['--unknown']).status).toBe(2);
});
