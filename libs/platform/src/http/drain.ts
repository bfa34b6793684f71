import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';

/** When an instance that is going down has been replaced, or has started again. */
const retryAfterSeconds = 1;

/**
 * What happens to connections when the application closes: requests that were taken in are answered, and one that still
 * comes over an open connection is told to come again. Node ends the connections that are idle when its server closes, but
 * not those whose answer is under way: each of them would keep the process until its keep-alive has run out. So each is
 * ended after its answer.
 */
export const drainOnClose = (fastify: FastifyInstance): void => {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onRequest', (_request, _reply, done) => {
    if (closing) done(new ProblemError('stopping', { retryAfterSeconds }));
    else done();
  });
  fastify.addHook('onResponse', (_request, _reply, done) => {
    // A turn later the connection counts as idle
    if (closing) setImmediate(() => fastify.server.closeIdleConnections());
    done();
  });
};
