import { expect, it } from 'vitest';
import { failureBy } from './refusals.js';

const failureOf = failureBy<'rights' | 'asleep'>({
  path: '/rest/',
  noInterface: 'No interface answers.',
  meant: new Map([[403, ({ code }) => (code === 'asleep' ? ['asleep', 'Wake it.'] : ['rights', 'Give it rights.'])]]),
});

const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  failureOf({
    ...{ status, header: (name) => headers[name] },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

it.each([
  ['asleep', { code: 'asleep', message: 'Zzz' }, 'Wake it. It says: Zzz (asleep).'],
  ['rights', { code: 'other', message: 7 }, 'Give it rights. It says:  (other).'],
])('a refusal in its own words is %s, and says what to do', (kind, said, sentence) => {
  expect(answer(403, said)).toEqual({ kind, sentence, applied: 'no', status: 403, code: said.code });
});

it.each([
  [403, 'blocked'],
  [404, 'not_json'],
  [401, 'key'],
  [500, 'server_error'],
])('without a word of the shop %i is %s', (status, kind) => {
  for (const body of ['<html></html>', '', '[]', '{"message":"x"}', 'null'])
    expect(answer(status, body)).toMatchObject({ kind, status });
});

it('words that are not known leave the status to speak, with its header', () => {
  const failure = answer(503, { code: 'busy', message: '' }, { 'retry-after': '7' });
  expect(failure).toMatchObject({ kind: 'unavailable', applied: 'unknown', code: 'busy', retryAfterMillis: 7_000 });
});
