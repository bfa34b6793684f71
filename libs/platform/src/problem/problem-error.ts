import { problemCodes, type ProblemCode } from './codes.js';

/** One field that is wrong. `field` as in `lines[0].quantity`. */
export type FieldProblem = { readonly field: string; readonly code: ProblemCode; readonly detail: string };

export type ProblemExtras = {
  readonly detail?: string;
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  /** Whole seconds after which another try makes sense: the header Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Numbers that explain the problem: {requested, available, held}. */
  readonly facts?: Readonly<Record<string, unknown>>;
};

/** What an answer other than success says: application/problem+json (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  readonly [fact: string]: unknown;
};

/** The body of a problem; the members of `facts` stand beside the standard ones and never over them. */
export const problemOf = (code: ProblemCode, extras: ProblemExtras = {}): Problem => {
  const { facts, ...rest } = extras;
  return {
    ...facts,
    type: `/problems/${code}`,
    title: problemCodes[code].title,
    status: problemCodes[code].status,
    code,
    ...rest,
  };
};

/** Carries a problem out of a handler, a guard or a parser; the one filter turns it into the answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** Fastify answers a parser's error with its status. */
  readonly statusCode: number;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(extras.detail ?? problemCodes[code].title);
    this.problem = problemOf(code, extras);
    this.statusCode = this.problem.status;
  }
}
