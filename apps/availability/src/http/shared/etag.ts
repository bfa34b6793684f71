import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Sends a body with the ETag of its content, or 304 to whoever has it already. `volatile` members (the moment of the
 * answer) are no part of the content. Weak, because they may differ under one tag.
 */
export const withEtag = <Body extends object>(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  body: Body,
  volatile: readonly string[] = ['at'],
): Body | undefined => {
  const content = JSON.stringify(body, (name, value: unknown) => (volatile.includes(name) ? undefined : value));
  const tag = `W/"${hash('sha1', content, 'base64url')}"`;
  void reply.header('etag', tag).header('cache-control', 'private, no-cache');
  if (!matches(request.headers['if-none-match'], tag)) return body;
  void reply.status(304);
  return undefined;
};

/** RFC 9110: weak comparison, a list, or `*`. */
const matches = (header: string | undefined, tag: string): boolean =>
  (header ?? '')
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replace(/^W\//u, '') === tag.replace(/^W\//u, ''));
