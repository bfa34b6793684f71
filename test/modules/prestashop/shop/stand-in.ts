import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string };

/** What it answers: a status and a body, nothing ever, or the end of the connection. */
export type Behaviour = { readonly status: number; readonly body: string } | 'silent' | 'hangs up';

/** Somebody at the other end who answers as a test says, and remembers what came. */
export type StandIn = {
  readonly url: string;
  readonly received: readonly Received[];
  readonly answer: (behaviour: Behaviour) => void;
  /** Ends what waits for an answer. */
  readonly hangUp: () => void;
  readonly stop: () => Promise<void>;
};

export const startStandIn = async (first: Behaviour): Promise<StandIn> => {
  const received: Received[] = [];
  let behaviour = first;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body, path: request.url ?? '' });
      if (behaviour === 'hangs up') request.socket.destroy();
      else if (behaviour !== 'silent')
        response.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => (behaviour = next),
    hangUp: () => server.closeAllConnections(),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
