import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy between a store and its server: the network that fails on demand. */
export type Proxy = {
  /** The given URL, through the proxy. */
  readonly url: string;
  /**
   * `open`: everything passes. `refuse`: no connection is taken and those there are cut. `lose_answers`: what the client
   * says passes, at the first word of the server the connection is cut. `silent`: what the server says is held back.
   */
  readonly set: (mode: ProxyMode) => void;
  readonly close: () => Promise<void>;
};
export type ProxyMode = 'open' | 'refuse' | 'lose_answers' | 'silent';

export const startProxy = async (serverUrl: string): Promise<Proxy> => {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = 'open';

  const answer = (client: Socket, bytes: Buffer): void => {
    if (mode === 'open') client.write(bytes);
    if (mode === 'lose_answers') client.destroy();
  };
  const server = createServer((client) => {
    if (mode === 'refuse') return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => answer(client, bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serverUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: url.href,
    set: (next) => {
      mode = next;
      if (next === 'refuse') cut();
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
};
