import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

it('reads what is asked for', () => {
  expect(readOptions(['--announce'])).toEqual({ json: false });
  expect(readOptions(['--announce', '--json'])).toEqual({ json: true });
  expect(readOptions(['--help'])).toBeUndefined();
});

it.each([[[]], [['--json']], [['--announce', '--force']], [['everything']]])('refuses %j', (args) => {
  expect(() => readOptions(args)).toThrow(UsageError);
});
