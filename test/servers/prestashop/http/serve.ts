import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { Answer } from '../webservice/types.js';
import { answerRequest, type Outcome, type Site } from './answering.js';
import { readUnknownMethod } from './unknown-method.js';
import { apiRequest, type RawRequest } from './request.js';
import { createRequestLog, type RequestLog } from './request-log.js';

export const host = '127.0.0.1';

/** PEM texts of a certificate that the test trusts. */
export type Tls = { readonly key: string; readonly cert: string };

export type Serving = { readonly site: Site; readonly port: number; readonly tls: Tls | undefined };

export type HttpServer = {
  readonly port: number;
  readonly requests: RequestLog;
  readonly stop: () => Promise<void>;
};

/** Answers until it is stopped. What it was asked goes on to the end even where the client has gone. */
export const serve = async ({ site, port, tls }: Serving): Promise<HttpServer> => {
  const requests = createRequestLog();
  let asked = 0;
  const ask = async (raw: RawRequest): Promise<Outcome> => {
    asked += 1;
    const begun = performance.now();
    const id = asked;
    const at = Date.now();
    const { outcome, rowsWritten, resource } = await answerRaw(id, raw, site);
    const status = outcome.kind === 'answer' || outcome.kind === 'truncated' ? outcome.answer.status : 0;
    const durationMs = performance.now() - begun;
    requests.add({ id, method: raw.method, path: raw.target, resource, status, at, durationMs, rowsWritten });
    return outcome;
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void readBody(request)
      .then(ask)
      .then((outcome) => send(response, outcome));
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const sockets = new Set<Socket>();
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('clientError', (error: Error & { readonly rawPacket?: Buffer }, socket: Socket) => {
    const raw = readUnknownMethod(error.rawPacket);
    if (raw === undefined) socket.destroy();
    else void ask(raw).then((outcome) => sendRaw(socket, outcome));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
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

const answerRaw = async (id: number, raw: RawRequest, site: Site) => {
  const request = apiRequest(id, raw);
  if (request === undefined) {
    const answer = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'This server has no pages.\n' };
    return { outcome: { kind: 'answer', answer } as const, rowsWritten: 0, resource: '' };
  }
  return { ...(await answerRequest(request, site)), resource: request.path[0] ?? '' };
};

const readBody = async (request: IncomingMessage): Promise<RawRequest> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The client has gone in the middle of its body: what came is what there is.
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
};

/** Beside what the recordings kept, as the real shop has them. */
const moreHeaders = (answer: Answer): Readonly<Record<string, string>> =>
  answer.headers['psws-version'] === undefined
    ? {}
    : {
        'access-time': String(Math.floor(Date.now() / 1000)),
        'x-powered-by': 'PrestaShop Webservice',
        'execution-time': '0.015',
      };

const send = (response: ServerResponse, outcome: Outcome): void => {
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'reset') return void response.socket?.resetAndDestroy();
  const { answer } = outcome;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...moreHeaders(answer), ...answer.headers, 'content-length': body.length });
  if (outcome.kind === 'answer') return void response.end(body);
  response.write(body.subarray(0, outcome.bytes), () => response.socket?.destroy());
};

const sendRaw = (socket: Socket, outcome: Outcome): void => {
  if (outcome.kind !== 'answer') return void socket.destroy();
  const { status, headers, body } = outcome.answer;
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${body}`);
};
