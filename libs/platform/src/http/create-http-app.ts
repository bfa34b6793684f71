import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { DynamicModule, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticateRequest, type Gate } from '../auth/key-hook.js';
import { ScopeGuard } from '../auth/scope-guard.js';
import { parseStrictJson } from '../json/parse.js';
import { nestLogger, type Logger } from '../logging/logger.js';
import { ProblemError } from '../problem/problem-error.js';
import { ProblemFilter, problemOfFramework, sendProblem, type Translate } from '../problem/problem-filter.js';
import { RequestPipe } from '../validation/pipes.js';
import { drainOnClose } from './drain.js';
import { keepBytes, takesForms } from './raw-body.js';

/** 500 movements or 2,000 order lines fit well; what is larger is split. */
export const bodyBytesMax = 1_048_576;
/** 128 bytes of UTF-8, each percent-encoded, with room to be refused by name instead of by length. */
const paramCharactersMax = 1_024;
/** A request that dribbles in slower is dropped. */
const requestMillisMax = 30_000;
/** Longer than balancers keep idle connections, so that they close first. */
const keepAliveMillis = 75_000;

export type HttpOptions = { readonly gate: Gate; readonly logger: Logger; readonly translate: Translate };

/** A Nest application on Fastify with what every face shares: keys, strict JSON, request classes, problem+json. */
export const createHttpApp = async (root: DynamicModule, options: HttpOptions): Promise<NestFastifyApplication> => {
  const nest = { bodyParser: false, abortOnError: false, logger: nestLogger(options.logger) } as NestApplicationOptions;
  const app = await NestFactory.create<NestFastifyApplication>(root, createAdapter(options.gate), nest);
  app.useGlobalFilters(new ProblemFilter(options.logger, options.translate));
  app.useGlobalGuards(new ScopeGuard());
  app.useGlobalPipes(new RequestPipe());
  return app;
};

const createAdapter = (gate: Gate): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    logger: false,
    genReqId,
    requestTimeout: requestMillisMax,
    // Answered by drainOnClose, as a problem
    return503OnClosing: false,
    keepAliveTimeout: keepAliveMillis,
    routerOptions: { maxParamLength: paramCharactersMax },
    frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(reply, problemOfFramework(error)),
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      keepBytes(request, body as Buffer);
      done(null, parseStrictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: formBytesMax },
    (request, body, done) => {
      keepBytes(request, body as Buffer);
      done(takesForms(request) ? null : new ProblemError('unsupported_media_type'), undefined);
    },
  );
  drainOnClose(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    try {
      authenticateRequest(gate, request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  return adapter;
};

/** What is read of a form: a few short fields. */
const formBytesMax = 1_024;

/** The caller's own id of a request goes through to events as the correlation id. */
const requestIdShape = /^[A-Za-z0-9_.:-]{1,64}$/u;
const genReqId = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
};
