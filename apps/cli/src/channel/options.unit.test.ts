import { expect, it } from 'vitest';
import { readOptions, usage, UsageError, verbs } from './options.js';

const env = { LEDGER_KEY: 'sl_key', LEDGER_URL: 'https://ledger.test/' };
const read = (text: string, of: Readonly<Record<string, string>> = env) =>
  readOptions(text === '' ? [] : text.split(' '), of);

it.each([
  ['show', { verb: 'show', channel: '', yes: false, url: 'https://ledger.test', key: 'sl_key' }],
  [
    'add web --set url=https://a --set shopId=2 --secrets -',
    { settings: ['url=https://a', 'shopId=2'], secrets: { file: '-' } },
  ],
  ['canary web --percent 5 --yes --reason go', { percent: 5, yes: true, reason: 'go' }],
  ['canary web --listings rows.txt', { files: { listings: 'rows.txt' } }],
  ['resync web --skus A,B', { skus: ['A', 'B'] }],
  ['rerun web --since 2026-03-01', { since: '2026-03-01T00:00:00.000Z' }],
  ['rerun web --orders 12,13', { orders: ['12', '13'] }],
  ['import web --opening a.csv --as-of 2026-03-01T10:00:00+01:00', { asOf: '2026-03-01T09:00:00.000Z' }],
])('reads %s', (text, options) => {
  expect(read(text)).toMatchObject(options);
});

it('takes secrets from the environment, and never from an argument', () => {
  const secrets = '{"key":"very secret"}';
  expect(read('add web', { ...env, CHANNEL_SECRETS: secrets })).toMatchObject({ secrets: { text: secrets } });
  expect(read('add web')).toMatchObject({ secrets: undefined });
  expect(() => read('add web --key x')).toThrow(UsageError);
});

it.each([
  ['', /nothing is no verb/],
  ['sell web', /sell is no verb/],
  ['pause', /which channel/],
  ['pause web b2b', /b2b/],
  ['pause web --yes', /--reason/],
  ['show web --yes --reason x', /changes nothing/],
  ['live web --percent 5', /--percent/],
  ['canary web', /either/],
  ['canary web --percent 5 --listings x', /either/],
  ['canary web --percent 0', /1 to 100/],
  ['canary web --percent 101', /1 to 100/],
  ['rerun web', /either/],
  ['rerun web --since then', /not a moment/],
  ['import web --opening a.csv', /--as-of/],
  ['show web --url ftp://x', /ftp:/],
  ['show web --force', /--force/],
])('refuses %j', (text, why) => {
  expect(() => read(text)).toThrow(UsageError);
  expect(() => read(text)).toThrow(why);
});

it('refuses to go without a key, and helps without one', () => {
  expect(() => read('show web', {})).toThrow('LEDGER_KEY');
  expect(read('--help', {})).toBeUndefined();
});

it('the help knows every verb', () => {
  expect(verbs.filter((verb) => !new RegExp(`\\b${verb}\\b`, 'u').test(usage))).toEqual([]);
});
