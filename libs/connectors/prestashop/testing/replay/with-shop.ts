import { type Client, type ClientOptions, webserviceClient } from '../../src/index.js';
import {
  type ReplayServer,
  replayServer,
  type Reply,
  type SeenRequest,
} from '../../../../shop-http/testing/replay-server.js';

export const testKey = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456';

/** A client of a server that replies so, for as long as `use` runs. */
export const withShop = async <Value>(
  reply: (request: SeenRequest) => Reply,
  use: (client: Client, server: ReplayServer) => Promise<Value>,
  options: Partial<ClientOptions> = {},
): Promise<Value> => {
  const server = await replayServer(reply);
  const client = webserviceClient({ base: server.base, key: testKey, ...options });
  try {
    return await use(client, server);
  } finally {
    await client.close();
    await server.close();
  }
};
