import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RestRequest } from '../rest/types.js';
import { answerRequest, type Outcome, type Site } from './answering.js';
import { createRequestLog, type RequestLog } from './request-log.js';

export const host = '127.0.0.1';
const prefix = '/wp-json/';
const namespaces = ['wc/v3', 'wc-stockledger/v1'] as const;

export type HttpServer = {
  readonly port: number;
  readonly requests: RequestLog;
  readonly stop: () => Promise<void>;
};

/**
 * Answers until it is stopped. What it was asked goes on to the end even where the client has gone.
 * @param isSecure whether TLS ended before it: without TLS the shop looks at no keys
 */
export const serve = async (site: Site, port: number, isSecure: boolean): Promise<HttpServer> => {
  const requests = createRequestLog();
  const server = createServer((request, response) => void answer(request, response, { site, requests, isSecure }));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server.listen(port, host), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
};

type Serving = {
  readonly site: Site;
  readonly requests: ReturnType<typeof createRequestLog>;
  readonly isSecure: boolean;
};

const answer = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  { site, requests, isSecure }: Serving,
): Promise<void> => {
  const begun = performance.now();
  const url = new URL(incoming.url ?? '/', `http://${host}`);
  const request = { ...(await readRequest(incoming, url)), isSecure };
  const outcome = request.namespace === undefined ? noPage : await answerRequest(request, site);
  const status = outcome.kind === 'answer' ? outcome.answer.status : 0;
  const durationMs = performance.now() - begun;
  requests.add({ method: request.method, path: `${url.pathname}${url.search}`, status, durationMs });
  send(response, outcome);
};

/** Keys are read where the path holds `wp-json`; this server has nothing else. */
const noPage: Outcome = {
  kind: 'answer',
  answer: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'This server has no pages.\n' },
};

const partsOf = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/** The namespace of an address, and what stands behind it. */
const placeIn = ({ pathname }: URL): Pick<RestRequest, 'namespace' | 'path'> => {
  const namespace = namespaces.find((one) => `${pathname}/`.startsWith(`${prefix}${one}/`));
  return namespace === undefined
    ? { path: [] }
    : { namespace, path: partsOf(pathname.slice(prefix.length + namespace.length)) };
};

const readRequest = async (incoming: IncomingMessage, url: URL): Promise<Omit<RestRequest, 'isSecure'>> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    // The client has gone in the middle of its body: what came is what there is.
  }
  const entries = Object.entries(incoming.headers);
  return {
    method: incoming.method ?? '',
    ...placeIn(url),
    query: new Map(url.searchParams),
    headers: Object.fromEntries(
      entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
};

const send = (response: ServerResponse, outcome: Outcome): void => {
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'reset') return void response.socket?.resetAndDestroy();
  const { status, headers, body } = outcome.answer;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
};
