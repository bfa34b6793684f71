import { expect, it } from 'vitest';
import { readOptions, UsageError } from './options.js';

const env = { LEDGER_KEY: 'sl_key', LEDGER_URL: 'https://ledger.test/' };
const asked = { kind: 'channel', code: 'web', url: 'https://ledger.test', key: 'sl_key', json: false };
const read = (text: string, of: Readonly<Record<string, string>> = env) =>
  readOptions(text === '' ? [] : text.split(' '), of);

it.each([
  ['show channel web', { ...asked, verb: 'show' }],
  ['show sku A/1 --json', { ...asked, verb: 'show', kind: 'sku', code: 'A/1', json: true }],
  [
    'history location wh1 --url http://other:1/x/',
    { ...asked, verb: 'history', kind: 'location', code: 'wh1', url: 'http://other:1/x' },
  ],
  [
    'set channel web cap.units=5 buffer= --reason sale',
    { ...asked, verb: 'set', terms: ['cap.units=5', 'buffer='], reason: 'sale', dryRun: false },
  ],
  ['set channel web --file a.json --dry-run', { ...asked, verb: 'set', terms: [], file: 'a.json', dryRun: true }],
])('reads %s', (text, options) => {
  expect(read(text)).toEqual(options);
});

it('asks the ledger of this machine when it is told of no other', () => {
  expect(read('show channel web', { LEDGER_KEY: 'k' })).toMatchObject({ url: 'http://127.0.0.1:8080' });
  expect(read('--help')).toBeUndefined();
});

it.each([
  ['', /nothing/],
  ['show', /channel, location or sku/],
  ['show shelf 3', /shelf/],
  ['show channel', /a code/],
  ['drop channel web', /drop is no verb/],
  ['show channel web cap.units=5', /changes nothing/],
  ['show channel web --reason x', /changes nothing/],
  ['set channel web --reason x', /--file or terms/],
  ['set channel web a=1 --file b --reason x', /--file or terms/],
  ['set channel web a=1', /--reason/],
  ['show channel web --force', /--force/],
  ['show channel web --url ftp://x', /ftp:/],
])('refuses %j', (text, why) => {
  expect(() => read(text)).toThrow(UsageError);
  expect(() => read(text)).toThrow(why);
});

it('refuses to go without a key', () => {
  expect(() => read('show channel web', {})).toThrow('LEDGER_KEY');
});
