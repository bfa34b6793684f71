import { expect } from 'vitest';
import type { Answer, LedgerServer } from './harness.js';
import { anyText, asProblem } from './views.js';

export type Expected = { readonly status: number; readonly code: string; readonly field?: string };

/** The problem is as expected, and the log ends where it ended before. */
export const expectRefusal = async (
  server: LedgerServer,
  send: () => Promise<Answer>,
  { status, code, field }: Expected,
): Promise<void> => {
  const before = await server.head();
  const answer = await send();
  const problem = asProblem(answer.body);
  expect({ status: answer.status, code: problem.code, field: problem.field }, answer.text).toEqual({
    status,
    code,
    field,
  });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, status, title: anyText });
  expect(await server.head()).toBe(before);
};
