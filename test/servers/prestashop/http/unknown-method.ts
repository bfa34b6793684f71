import type { RawRequest } from './request.js';

/**
 * Node's parser refuses methods that it does not know; the shop has an answer for them. Reads the head of such a request
 * from the bytes that the parser gave up on.
 */
export const readUnknownMethod = (packet: Buffer | undefined): RawRequest | undefined => {
  const [first = '', ...lines] = packet?.toString('latin1').split('\r\n\r\n')[0]?.split('\r\n') ?? [];
  const request = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(first);
  if (request === null) return undefined;
  const headers = lines.map((line) => {
    const at = line.indexOf(':');
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
  });
  return {
    method: request[1] ?? '',
    target: request[2] ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: '',
  };
};
