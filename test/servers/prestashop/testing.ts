import { afterEach } from 'vitest';
import { send, type Received } from './replay/send.js';
import { startPrestashop, type PrestashopOptions, type PrestashopServer } from './start.js';

/** For `expect.poll`: a machine that does much else is waited for. */
export const waiting = { timeout: 60_000, interval: 5 };

/** A server for each test, with what its tests ask of it. */
export const useShop = () => {
  const running: PrestashopServer[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.stop()));
  });
  return async (options: Partial<PrestashopOptions> = {}) => {
    const server = await startPrestashop({ version: '8.2', seed: 'demo', ...options });
    running.push(server);
    return { server, shop: server.shop, ...asking(server) };
  };
};

export const authorization = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

const asking = (server: PrestashopServer) => {
  const ask = (method: string, path: string, body?: string): Promise<Received> =>
    send(server.url, {
      method,
      path: `/api/${path}`,
      headers: { authorization: authorization(server.key) },
      ...(body !== undefined && { body }),
    });
  return {
    ask,
    patch: (quantities: Readonly<Record<number, number>>) => ask('PATCH', 'stock_availables', bodyOf(quantities)),
    quantityOf: (id: number) => server.shop.tables.stock.get(id)?.quantity,
  };
};

const bodyOf = (quantities: Readonly<Record<number, number>>): string => {
  const nodes = Object.entries(quantities).map(
    ([id, quantity]) => `<stock_available><id>${id}</id><quantity>${quantity}</quantity></stock_available>`,
  );
  return `<prestashop>${nodes.join('')}</prestashop>`;
};
