import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

type WithBytes = FastifyRequest & { bytes?: Buffer };

/** The body as it came, for signatures over it; empty where there was none. */
export const bytesOf = (request: FastifyRequest): Buffer => (request as WithBytes).bytes ?? Buffer.alloc(0);

export const keepBytes = (request: FastifyRequest, bytes: Buffer): void => {
  (request as WithBytes).bytes = bytes;
};

type WithForms = { readonly takesForms?: boolean };

/** A route that takes forms besides JSON, as bytes alone: their fields are not read. Elsewhere a form is no body. */
export const TakesForms = (): MethodDecorator => RouteConfig({ takesForms: true } satisfies WithForms);

export const takesForms = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as WithForms).takesForms === true;
