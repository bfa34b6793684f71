import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '../problem/problem-error.js';
import { PUBLIC, SCOPES, type AuthenticatedRequest } from './scopes.decorator.js';
import type { Scope } from './scopes.js';

type Needs = { readonly isPublic: boolean; readonly scopes: readonly Scope[] };

/** Lets a request pass whose key has every scope that the route names. A route that names nothing is a bug of ours. */
@Injectable()
export class ScopeGuard implements CanActivate {
  private readonly needs = new Map<unknown, Needs>();

  canActivate(context: ExecutionContext): boolean {
    const { isPublic, scopes } = this.needsOf(context);
    if (isPublic) return true;
    const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!principal) throw new ProblemError('key_missing');
    const missing = scopes.find((scope) => !principal.scopes.has(scope));
    if (!missing) return true;
    throw new ProblemError('scope_missing', {
      detail: `The key lacks the scope ${missing}.`,
      facts: { scope: missing },
    });
  }

  private needsOf(context: ExecutionContext): Needs {
    const handler = context.getHandler();
    const known = this.needs.get(handler);
    if (known) return known;
    const read = readNeeds(context);
    this.needs.set(handler, read);
    return read;
  }
}

const readNeeds = (context: ExecutionContext): Needs => {
  const [handler, controller] = [context.getHandler(), context.getClass()];
  const read = (name: string): unknown =>
    (Reflect.getMetadata(name, handler) as unknown) ?? (Reflect.getMetadata(name, controller) as unknown);
  const isPublic = read(PUBLIC) === true;
  const scopes = read(SCOPES) as readonly Scope[] | undefined;
  if (!isPublic && !scopes) throw new Error(`${controller.name}.${handler.name} names neither its scopes nor Public`);
  return { isPublic, scopes: scopes ?? [] };
};
