import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ProblemError, type AuthenticatedRequest } from '#platform';
import type { Asker } from '../composition/asker.js';

/** The header by which a asker says that two requests are one. */
export const idempotencyHeader = 'idempotency-key';
const keyShape = /^[\x21-\x7e]{1,64}$/u;

/** On whose behalf the request comes: its key's connection, its Idempotency-Key, its id as the correlation. */
export const AskerOf = createParamDecorator((_data: unknown, context: ExecutionContext): Asker =>
  askerOf(context.switchToHttp().getRequest<AuthenticatedRequest>()),
);

export const askerOf = (request: AuthenticatedRequest): Asker => {
  const { principal } = request;
  if (!principal) throw new Error('This route is not protected by a key');
  const asker = { connection: principal.connection, actor: principal.keyId, correlationId: request.id };
  const key = request.headers[idempotencyHeader];
  if (key === undefined) return asker;
  if (typeof key === 'string' && keyShape.test(key)) return { ...asker, idempotencyKey: key };
  throw new ProblemError('invalid_header', {
    field: 'Idempotency-Key',
    detail: 'Idempotency-Key must be 1 to 64 visible ASCII characters',
  });
};
