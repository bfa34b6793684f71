import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { problemCodes, type CodeMeaning, type ProblemCode } from '../problem/codes.js';

/** What any route may answer beside its own problems. */
const always: readonly ProblemCode[] = ['invalid_value', 'key_invalid', 'scope_missing', 'rate_limited', 'unavailable'];

export type AnswersOptions = {
  readonly problems?: readonly ProblemCode[];
  /** An example of a 200, shown in the OpenAPI document. */
  readonly example?: unknown;
  readonly notes?: string;
};

/** How the OpenAPI document describes a route: a summary, an example, and its problem codes by status. */
export const Answers = (summary: string, options: AnswersOptions = {}): MethodDecorator =>
  applyDecorators(
    ApiBearerAuth(),
    ApiOperation({ summary, ...(options.notes !== undefined && { description: options.notes }) }),
    ApiResponse({
      status: 200,
      description: summary,
      ...(options.example !== undefined && { content: { 'application/json': { example: options.example } } }),
    }),
    ...problemResponses([...(options.problems ?? []), ...always]),
  );

const problemResponses = (codes: readonly ProblemCode[]): MethodDecorator[] => {
  const statuses = new Set(codes.map((code) => problemCodes[code].status));
  return [...statuses].map((status) => {
    const ofStatus = codes.filter(
      (code, index) => problemCodes[code].status === status && codes.indexOf(code) === index,
    );
    return ApiResponse(responseOf(status, ofStatus));
  });
};

const responseOf = (status: number, codes: readonly ProblemCode[]) => ({
  status,
  description: codes.map((code) => `\`${code}\`: ${problemCodes[code].title}`).join('; '),
  content: {
    'application/problem+json': {
      schema: { type: 'object' as const },
      examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code, problemCodes[code]) }])),
    },
  },
});

const exampleOf = (code: ProblemCode, { title, status }: CodeMeaning): object => ({
  type: `/problems/${code}`,
  title,
  status,
  code,
});
