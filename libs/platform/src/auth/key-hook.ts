import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import type { RateLimit } from '../rate-limit/token-bucket.js';
import type { KeyRing } from './key-ring.js';
import type { Principal } from './key-record.js';
import type { AuthenticatedRequest } from './scopes.decorator.js';

export type Gate = {
  readonly ring: KeyRing;
  readonly rateLimit: RateLimit;
  /** For expiries. */
  readonly now: () => string;
  /** For rates: monotonic. */
  readonly elapsedMillis: () => number;
};

/** What needs a key; everything else (health, documents) is public. */
export const protectedPrefix = '/v1/';
/** Messages of shops have no key: each proves its sender by a signature over its bytes, which its route checks. */
const signedPath = /^\/v1\/channels\/[a-z0-9_]{1,32}\/hints$/u;

/**
 * An onRequest hook: who asks is known, and within its rate, before a byte of the body is read. No query: the ring is in
 * memory.
 *
 * @throws ProblemError
 */
export const authenticateRequest = (gate: Gate, request: FastifyRequest): void => {
  if (!request.url.startsWith(protectedPrefix) || signedPath.test(request.url)) return;
  const principal = authenticate(gate, request.headers.authorization);
  const wait = gate.rateLimit.take(principal.keyId, gate.elapsedMillis());
  if (wait > 0) throw new ProblemError('rate_limited', { retryAfterSeconds: wait });
  (request as AuthenticatedRequest).principal = principal;
};

const bearer = /^Bearer +(\S+)$/iu;

const authenticate = (gate: Gate, header: string | undefined): Principal => {
  if (header === undefined) throw new ProblemError('key_missing');
  const verdict = gate.ring.verify(bearer.exec(header)?.[1] ?? '', gate.now());
  if (verdict.kind === 'refused') throw new ProblemError(verdict.code);
  return verdict.principal;
};
