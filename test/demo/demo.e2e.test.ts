import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, '../../dist/test/demo/main.js');

/** `npm run demo -- ...args` as built; the last line is read as JSON where it is. */
const demo = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8' });
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  const json = last.startsWith('{') ? (JSON.parse(last) as Readonly<Record<string, unknown>>) : {};
  return { status, stdout, stderr, json };
};

const millisMax = 300_000;

describe('npm run demo', () => {
  it(
    'plays a short day: nothing is sold twice where shops ask first, and everybody agrees in the end',
    () => {
      const { status, stderr, json } = demo('--seconds', '3', '--baskets', '15', '--json');
      expect(json, stderr).toMatchObject({ good: true, oversoldInShops: 0, wrongPages: 0, wrongBooks: 0 });
      expect(status).toBe(0);
    },
    millisMax,
  );

  it('control: a day on which nobody asks first is no success', { timeout: millisMax }, () => {
    const { status, json } = demo('--seconds', '3', '--baskets', '15', '--without-module', '--json');
    expect([status, json['good']]).toEqual([1, false]);
  });

  it('refuses what it does not understand, with the usage', () => {
    const { status, stdout, stderr } = demo('--fast');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--fast')]);
    expect(stdout).toContain('npm run demo -- ');
  });
});
