import { unfit } from '#channel-kit';
import { expect, it } from 'vitest';
import { judgeBy } from './settings.js';

const judge = judgeBy({
  own: { shopId: ({ shopId = 1 }) => (typeof shopId === 'number' ? undefined : unfit('shopId', 'Give a number.')) },
  stateNames: { isName: (name) => /^[a-z]+$/u.test(name), detail: 'Small letters.' },
  together: ({ shopId, states }) =>
    shopId === 7 && states !== undefined ? unfit('states', 'Shop 7 has none.') : undefined,
  interfaceOf: (url) => `${url.replace(/\/rest$/u, '')}/rest/`,
});

const url = 'https://shop.example';

it.each(['', '/', '/rest', '/rest/', '/rest//'])('settings with the address %s lead to the interface', (path) => {
  expect(judge({ url: `${url}${path}` })).toEqual({ kind: 'fit', settings: { url: `${url}/rest/` } });
});

it('settings that are fit are taken whole', () => {
  const settings = { url: `${url}/rest/`, allowHttp: false, shopId: 2, states: { packed: { payment: 'paid' } } };
  expect(judge(settings)).toEqual({ kind: 'fit', settings });
});

it.each([
  ['colour', { url, colour: 'red' }],
  ['allowHttp', { url, allowHttp: 1 }],
  ['url', { url: 'shop.example', shopId: 'x' }],
  ['shopId', { url, shopId: 'x', states: [] }],
  ['states.X', { url, states: { X: { payment: 'paid' } } }],
  ['states', { url, shopId: 7, states: {} }],
])('settings are unfit by %s: %j', (field, given) => {
  expect(judge(given)).toMatchObject({ kind: 'unfit', field });
});
