import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * The port that clients see. It hands bytes to the gRPC server behind it, so that a test can do to connections what only
 * the network or a stopped process does: hold every byte back, or reset.
 */
export type Front = {
  readonly port: number;
  /** Bytes come in and go nowhere; none go out, answers to pings included. */
  readonly hold: () => void;
  readonly release: () => void;
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

type Pair = readonly [client: Socket, inner: Socket];

export const openFront = async (host: string, port: number, innerPort: number): Promise<Front> => {
  const pairs = new Set<Pair>();
  let isHeld = false;
  const server = createServer({ pauseOnConnect: true }, (client) => {
    const pair = [client, connect(innerPort, host)] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        pairs.delete(pair);
        pair.forEach((other) => other.destroy());
      });
    }
    if (!isHeld) join(pair);
  });
  await listen(server, host, port);
  const reset = (): void => {
    for (const [client, inner] of pairs) {
      client.resetAndDestroy();
      inner.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    hold: () => {
      if (isHeld) return;
      isHeld = true;
      pairs.forEach(part);
    },
    release: () => {
      // Joined twice, a pair would send every byte twice.
      if (!isHeld) return;
      isHeld = false;
      pairs.forEach(join);
    },
    reset,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      reset();
      await closed;
    },
  };
};

const join = ([client, inner]: Pair): void => {
  client.pipe(inner);
  inner.pipe(client);
};

const part = ([client, inner]: Pair): void => {
  for (const socket of [client, inner]) {
    socket.unpipe();
    socket.pause();
  }
};

const listen = async (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
