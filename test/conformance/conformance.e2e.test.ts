import { expect, inject, it } from 'vitest';
import { runBuilt } from './run-built.js';

it('a server of DATABASE_URL keeps every promise of events, messages and positions', () => {
  const { status, last } = runBuilt({ DATABASE_URL: inject('postgresUrl') }, 'postgres');
  expect(last).toMatch(/^[1-9]\d+ passed, 0 failed, 0 skipped$/u);
  expect(status).toBe(0);
});

it('control: a server that is away is no success', () => {
  expect(runBuilt({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'postgres').status).toBe(1);
  expect(runBuilt({}, 'postgres').status).toBe(2);
});
