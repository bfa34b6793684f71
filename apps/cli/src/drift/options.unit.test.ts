import { expect, it } from 'vitest';
import { UsageError } from '../policy/options.js';
import { readOptions } from './options.js';

const env = { LEDGER_KEY: 'sl_key', LEDGER_URL: 'https://ledger.test/' };
const asked = { url: 'https://ledger.test', key: 'sl_key', json: false };
const read = (text: string, of: Readonly<Record<string, string>> = env) =>
  readOptions(text === '' ? [] : text.split(' '), of);

it.each([
  ['list', { ...asked, verb: 'list', state: 'open' }],
  [
    'list --channel web --sku A/1 --state resolvable --json',
    {
      ...{ ...asked, json: true, verb: 'list', state: 'resolvable', channel: 'web', sku: 'A/1' },
    },
  ],
  [
    'resolve 17 --how ledger_is_right --reason counted',
    {
      ...{ ...asked, verb: 'resolve', id: '17', yes: false, said: { how: 'ledger_is_right', reason: 'counted' } },
    },
  ],
  [
    'resolve 17 --how shop_is_right --location wh1 --reason counted --yes',
    {
      ...{ ...asked, verb: 'resolve', id: '17', yes: true },
      said: { how: 'shop_is_right', location: 'wh1', reason: 'counted' },
    },
  ],
])('reads %s', (text, options) => {
  expect(read(text)).toEqual(options);
});

it('does nothing unless it is told to', () => {
  expect(read('resolve 17 --how count_it --reason x')).toMatchObject({ yes: false });
  expect(read('--help')).toBeUndefined();
});

it.each([
  ['', /nothing/],
  ['drop 17', /drop is no verb/],
  ['list 17', /changes nothing/],
  ['list --yes', /changes nothing/],
  ['list --reason x', /changes nothing/],
  ['resolve --how count_it --reason x', /the id of one/],
  ['resolve 17 18 --how count_it --reason x', /the id of one/],
  ['resolve 17 --reason x', /--how/],
  ['resolve 17 --how count_it', /--reason/],
  ['resolve 17 --how count_it --reason x --channel web', /no --state/],
  ['resolve 17 --force', /--force/],
])('refuses %j', (text, why) => {
  expect(() => read(text)).toThrow(UsageError);
  expect(() => read(text)).toThrow(why);
});

it('refuses to go without a key', () => {
  expect(() => read('list', {})).toThrow('LEDGER_KEY');
});
