import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.js';
import type { ProblemCode } from './codes.js';
import { ProblemError, problemOf, type Problem } from './problem-error.js';

/** What an app makes of errors that only it knows (a store that is away). undefined: not one of them. */
export type Translate = (error: unknown) => Problem | undefined;

/** The one place where an error becomes an answer: application/problem+json, never a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly translate: Translate,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = this.problemFor(error);
    if (problem.status >= 500) this.logger.error(problem.title, { requestId: request.id, url: request.url, error });
    sendProblem(http.getResponse<FastifyReply>(), problem);
  }

  private problemFor(error: unknown): Problem {
    if (error instanceof ProblemError) return error.problem;
    return this.translate(error) ?? problemOfFramework(error);
  }
}

export const sendProblem = (reply: FastifyReply, problem: Problem): void => {
  if (reply.sent || reply.raw.headersSent) return;
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8');
  void reply.serializer(JSON.stringify).send(problem);
};

/** Fastify's own refusals by their code. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_missing',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'bad_request',
};

/** Nest hands on some of them with their status only. */
const statusCodes: Readonly<Record<number, ProblemCode>> = {
  404: 'route_not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
};

/** What Fastify and Nest throw by themselves. Anything else is a fault of ours, and its message stays in the log. */
export const problemOfFramework = (error: unknown): Problem => {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = code === undefined ? undefined : fastifyCodes[code];
  if (known) return problemOf(known);
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const byStatus = statusCodes[status ?? 500];
  if (byStatus) return problemOf(byStatus);
  return problemOf(status !== undefined && status >= 400 && status < 500 ? 'bad_request' : 'internal');
};
