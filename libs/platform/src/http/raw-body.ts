import type { FastifyRequest } from 'fastify';

type WithBytes = FastifyRequest & { bytes?: Buffer };

/** The body as it came, for signatures over it; empty where there was none. */
export const bytesOf = (request: FastifyRequest): Buffer => (request as WithBytes).bytes ?? Buffer.alloc(0);

export const keepBytes = (request: FastifyRequest, bytes: Buffer): void => {
  (request as WithBytes).bytes = bytes;
};
