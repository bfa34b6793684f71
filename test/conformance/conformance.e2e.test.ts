import { spawnSync } from 'node:child_process';
import { expect, inject, it } from 'vitest';

const run = (env: Readonly<Record<string, string>>, ...names: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, ['dist/test/conformance/main.js', ...names], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
};

it('a server of DATABASE_URL keeps every promise of events, messages and positions', () => {
  const { status, last } = run({ DATABASE_URL: inject('postgresUrl') }, 'postgres');
  expect(last).toMatch(/^[1-9]\d+ passed, 0 failed, 0 skipped$/u);
  expect(status).toBe(0);
});

it('control: a server that is away is no success', () => {
  expect(run({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'postgres').status).toBe(1);
  expect(run({}, 'postgres').status).toBe(2);
});
