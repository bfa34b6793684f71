import { describe, expect, it } from 'vitest';
import { readOptions } from './options.js';

describe('the command line', () => {
  it.each<[string, object]>([
    ['', { json: false }],
    ['year.csv.gz --limit 10 --json', { json: true, file: 'year.csv.gz', limit: 10 }],
    ['--verify', { json: false, verify: true }],
    ['--verify --json', { json: true, verify: true }],
    ['--verify sku.csv', { json: false, verify: 'sku.csv' }],
    ['--verify=sku.csv year.csv.gz', { json: false, verify: 'sku.csv', file: 'year.csv.gz' }],
    ['--verify year.csv.gz', { json: false, verify: true, file: 'year.csv.gz' }],
    [
      'year.csv --verify sku.csv --data /tmp/x',
      { json: false, verify: 'sku.csv', file: 'year.csv', dataDir: '/tmp/x' },
    ],
  ])('%j', (args, options) => {
    expect(readOptions(args.split(' ').filter(Boolean))).toEqual(options);
  });

  it.each([
    ['--limit 10 --verify', 'cannot be asked for together with --limit'],
    ['--limit x', '--limit must be a whole number: x'],
    ['--limit -1', 'limit'],
    ['--limit 1.5', '--limit must be a whole number'],
    ['a.csv.gz b.csv.gz', 'one file at a time'],
    ['--fast', '--fast'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args.split(' '))).toThrow(message);
  });

  it('asks for help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });
});
