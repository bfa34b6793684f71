import { expect, it } from 'vitest';
import { refusedBefore } from './server-failures.js';
import { commonMeanings, troublesBy } from './trouble.js';
import { failed, type HttpFailure, ok } from './failure.js';

it.each([
  [400, 'blocked'],
  [401, 'key'],
  [403, 'blocked'],
  [405, 'blocked'],
  [413, 'blocked'],
])('a refusal with %i in which the shop says nothing is %s', (status, kind) => {
  expect(refusedBefore(status, '/api/')).toMatchObject({ kind, applied: 'no' });
});

it('a refusal names what has to be let pass', () => {
  for (const status of [401, 403, 405]) expect(refusedBefore(status, '/api/')?.sentence).toContain('/api/');
});

it.each([200, 404, 429, 500, 503])('of %i it says nothing', (status) => {
  expect(refusedBefore(status, '/api/')).toBeUndefined();
});

it('what the shop does not have is told apart from what fails', () => {
  const { foundOf } = troublesBy(commonMeanings, ({ status }: HttpFailure) => status === 410);
  const gone: HttpFailure = { kind: 'not_found', sentence: 'It is gone.', applied: 'no', status: 410 };
  expect(foundOf(ok(12))).toEqual({ kind: 'answered', value: 12 });
  expect(foundOf(failed(gone))).toEqual({ kind: 'answered', value: undefined });
  expect(foundOf(failed({ ...gone, status: 404 }))).toMatchObject({
    kind: 'trouble',
    trouble: { code: 'row_missing' },
  });
});
