import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived, its query decoded. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** An answer as a server writes it. */
export type CannedAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** An answer that was recorded, or something that a server should not do. */
export type Reply = CannedAnswer | ((response: ServerResponse) => void);

export type ReplayServer = {
  readonly base: string;
  readonly seen: readonly SeenRequest[];
  readonly close: () => Promise<void>;
};

const seenOf = async (request: IncomingMessage): Promise<SeenRequest> => {
  const url = request.url ?? '/';
  const { pathname, searchParams } = new URL(url, 'http://shop.invalid');
  return {
    method: request.method ?? '',
    path: pathname,
    url,
    query: Object.fromEntries(searchParams),
    headers: request.headers,
    body: await text(request),
  };
};

const write = (response: ServerResponse, { status, headers, body }: CannedAnswer): void => {
  response.writeHead(status, headers);
  response.end(body);
};

/**
 * A server that gives recorded answers. It knows nothing of a shop: what it answers is what the test chose, whatever was
 * asked. With a key and a certificate it speaks https.
 */
export const replayServer = async (
  reply: (request: SeenRequest) => Reply,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ReplayServer> => {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (incoming, response) => {
    void seenOf(incoming).then((request) => {
      seen.push(request);
      const chosen = reply(request);
      if (typeof chosen === 'function') chosen(response);
      else write(response, chosen);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    base: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/api/`,
    seen,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
