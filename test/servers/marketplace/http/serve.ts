import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createBoundedLog } from '../market/bounded-log.js';
import { answerRequest, type Outcome, type Site } from './answering.js';
import type { Resource } from './faults.js';

const host = '127.0.0.1';

export type RequestRecord = {
  readonly method: string;
  readonly path: string;
  readonly resource: Resource | undefined;
  /** 0 where nothing was answered. */
  readonly status: number;
  /** Milliseconds since 1970, by the marketplace's clock. */
  readonly at: number;
};

export type HttpServer = {
  readonly url: string;
  readonly requests: { readonly all: () => readonly RequestRecord[]; readonly clear: () => void };
  readonly stop: () => Promise<void>;
};

/** Answers until it is stopped. What it was asked goes on to the end even where the client has gone. */
export const serve = async (site: Site, port: number): Promise<HttpServer> => {
  const requests = createBoundedLog<RequestRecord>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${host}`);
    const { method = '' } = request;
    const at = site.market.now();
    const { authorization } = request.headers;
    const asked = { method, path: pathname, query: searchParams, body, authorization };
    const { resource, outcome } = await answerRequest(asked, site);
    const status = outcome.kind === 'answer' || outcome.kind === 'truncated' ? outcome.status : 0;
    requests.add({ method, path: pathname, resource, status, at });
    send(response, outcome);
  };
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    // No body, no JSON, or a client that has gone: routes say what they miss of it.
    return undefined;
  }
};

const send = (response: ServerResponse, outcome: Outcome): void => {
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'reset') return void response.socket?.resetAndDestroy();
  const body = Buffer.from(outcome.body);
  const headers = outcome.kind === 'answer' ? outcome.headers : {};
  response.writeHead(outcome.status, { ...headers, 'content-length': body.length });
  if (outcome.kind === 'answer') return void response.end(body);
  response.write(body.subarray(0, outcome.bytes), () => response.socket?.destroy());
};
