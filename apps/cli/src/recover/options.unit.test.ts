import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

const nothing = { accept: [], since: undefined, dryRun: false, json: false };

it('reads what is asked for', () => {
  expect(readOptions(['--announce'])).toEqual({ ...nothing, verb: 'announce' });
  expect(readOptions(['--announce', '--json'])).toEqual({ ...nothing, verb: 'announce', json: true });
  expect(readOptions(['--pause'])).toEqual({ ...nothing, verb: 'pause' });
  expect(readOptions(['--list', '--since', '2026-01-02'])).toEqual({
    ...{ ...nothing, verb: 'list', since: '2026-01-02T00:00:00.000Z' },
  });
  expect(readOptions(['--accept', 'a, b,'])).toEqual({ ...nothing, verb: 'accept', accept: ['a', 'b'] });
  expect(readOptions(['--accept-all', '--dry-run'])).toEqual({
    ...nothing,
    verb: 'accept',
    accept: 'all',
    dryRun: true,
  });
  expect(readOptions(['--help'])).toBeUndefined();
});

it.each([
  [[]],
  [['--json']],
  [['--announce', '--force']],
  [['everything']],
  [['--list', '--announce']],
  [['--accept', ',']],
  [['--list', '--since', 'yesterday']],
])('refuses %j', (args) => {
  expect(() => readOptions(args)).toThrow(UsageError);
});
