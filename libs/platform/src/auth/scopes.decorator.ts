import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './key-record.js';
import type { Scope } from './scopes.js';

export const SCOPES = 'ledger:scopes';
export const PUBLIC = 'ledger:public';

/** The scopes that a route asks for: the key must have all of them. */
export const Scopes = (...needed: readonly Scope[]): CustomDecorator => SetMetadata(SCOPES, needed);

/** A route without a key: health and documents. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC, true);

/** A request that the guard let through. */
export type AuthenticatedRequest = FastifyRequest & { principal?: Principal };

/** The principal of the request's key. */
export const WhoAsks = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('WhoAsks stands on a route that the guard does not protect');
  return principal;
});
