import {
  replayServer,
  type ReplayServer,
  type Reply,
  type SeenRequest,
} from '../../../../shop-http/testing/replay-server.js';
import { type Client, type ClientOptions, restClient } from '../../src/index.js';

const access = { key: `ck_${'1'.repeat(40)}`, secret: `cs_${'2'.repeat(40)}` };

/** A client of a server that replies so, for as long as `use` runs. */
export const withReplies = async <Value>(
  reply: (request: SeenRequest) => Reply,
  use: (client: Client, server: ReplayServer) => Promise<Value>,
  options: Partial<ClientOptions> = {},
): Promise<Value> => {
  const server = await replayServer(reply);
  const client = restClient({ base: server.base, ...access, ...options });
  try {
    return await use(client, server);
  } finally {
    await client.close();
    await server.close();
  }
};

export const json = (body: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const html = (status: number, body = '<!doctype html><html><body>Shop</body></html>'): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body,
});
