import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

const read = (text: string) => readOptions(text === '' ? [] : text.split(' '));

it('reads both directions', () => {
  expect(read('--from postgres --to eventstoredb')).toEqual({
    ...{ from: 'postgres', to: 'eventstoredb', dryRun: false, json: false },
  });
  expect(read('--to postgres --from eventstoredb --dry-run --json')).toEqual({
    ...{ from: 'eventstoredb', to: 'postgres', dryRun: true, json: true },
  });
  expect(read('--help')).toBeUndefined();
});

it.each([
  ['', /--from nothing/],
  ['--from postgres', /--to nothing/],
  ['--from postgres --to redis', /--to redis/],
  ['--from postgres --to postgres', /already/],
  ['--from postgres --to eventstoredb --force', /--force/],
])('refuses %j', (text, why) => {
  expect(() => read(text)).toThrow(UsageError);
  expect(() => read(text)).toThrow(why);
});
