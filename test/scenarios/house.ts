import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { askOf } from '../../apps/cli/src/channel/api.js';
import { readOptions } from '../../apps/cli/src/channel/options.js';
import { runChannel } from '../../apps/cli/src/channel/run.js';
import { demoKinds } from '../demo/ledger/kinds.js';
import { startServer, type LedgerServer } from '../e2e/harness.js';
import { asPage } from '../e2e/views.js';
import { startMarketplace, type MarketplaceServer } from '../servers/marketplace/index.js';
import { startPrestashop, type OrderRow, type PrestashopServer } from '../servers/prestashop/index.js';

/** What a verb of the command line came to. */
export type Done = { readonly json: Readonly<Record<string, unknown>>; readonly waits: boolean };

/** The whole service with a shop `web` and a marketplace `bol` that sell from `wh1`, in the machine's own time. */
export type House = {
  readonly ledger: LedgerServer;
  readonly shop: PrestashopServer;
  readonly bol: MarketplaceServer;
  /** `observe web --yes --reason x`, as `npm run channel --` does it. @throws LedgerError, UsageError */
  readonly channel: (words: string, input?: string) => Promise<Done>;
  /** Gives a channel its shop, switched off. */
  readonly connect: (channel: 'web' | 'bol') => Promise<void>;
  /** Rung by rung up to one. */
  readonly climb: (channel: string, to: 'observe' | 'shadow' | 'live') => Promise<void>;
  readonly order: (product: number, units: number, state: number) => Promise<OrderRow>;
  /** Sets what the shop gives its next order. */
  readonly nextOrder: (id: number) => void;
  /** What the shop's page says. */
  readonly shown: (product: number) => number | undefined;
  /** Requests that have set quantities in the shop. */
  readonly written: () => readonly number[];
  /** The one location, as the ledger has it of a SKU once it has caught up. */
  readonly stock: (sku: string) => Promise<unknown>;
  readonly alerts: (channel: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Orders that the shop has lost. */
  readonly vanished: (channel: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly stop: () => Promise<void>;
};

const rungs = ['observe', 'shadow', 'canary', 'live'] as const;

const nothingShown = { begin: () => undefined, reached: () => undefined, end: () => undefined };

const channelOf =
  ({ url, operatorKey }: LedgerServer): House['channel'] =>
  async (words, input = '') => {
    const options = readOptions(words.split(' '), { LEDGER_URL: url, LEDGER_KEY: operatorKey });
    if (options === undefined) throw new Error(`No verb in: ${words}`);
    return runChannel({
      ...{ options, ask: askOf(options), print: () => undefined, progress: nothingShown },
      sleep: (millis) => wait(millis),
      readInput: () => Promise.resolve(input),
    });
  };

const rowsOf = async (ledger: LedgerServer, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  asPage(await ledger.ok('GET', path)).rows;

type Authors = Readonly<Record<string, string>>;

const setUp = async (ledger: LedgerServer, author: string, authors: Authors): Promise<void> => {
  await ledger.ok('POST', '/v1/locations', { location: 'wh1', author, authors });
  for (const channel of ['web', 'bol'])
    await ledger.ok('POST', '/v1/channels', { channel, connection: `${channel}_shop`, locations: ['wh1'] });
};

/**
 * @param author whose word moves stock at the one location
 * @param authors single kinds of fact that are another's
 */
export const openHouse = async (author = 'operator', authors: Authors = {}): Promise<House> => {
  const shop = await startPrestashop({ version: '8.2' });
  const bol = await startMarketplace({ applyMillis: 100 });
  const env = { CHANNEL_SECRETS_KEY: randomBytes(32).toString('base64') };
  const ledger = await startServer({ env, extras: { kinds: demoKinds } });
  await setUp(ledger, author, authors);
  const channel = channelOf(ledger);
  const { tables } = shop.shop;
  return {
    ...{ ledger, shop, bol, channel },
    connect: async (to) => {
      const [kind, { url }, key] = to === 'web' ? ['prestashop', shop, shop.key] : ['marketplace', bol, bol.token];
      await channel(
        `add ${to} --kind ${kind} --set url=${url} --secrets - --yes --reason new`,
        JSON.stringify({ key }),
      );
    },
    climb: async (to, last) => {
      for (const rung of rungs.slice(0, rungs.indexOf(last) + 1))
        await channel(`${rung} ${to} ${rung === 'canary' ? '--percent 100 ' : ''}--yes --reason next`);
    },
    order: (id_product, quantity, state) =>
      shop.shop.placeOrder({ lines: [{ id_product, id_product_attribute: 0, quantity }], state }),
    nextOrder: (id) => tables.orders.load({ ...tables.orders.dump(), lastId: id - 1 }),
    shown: (id_product) => shop.shop.stockOf({ id_product, id_product_attribute: 0 })?.quantity,
    written: () =>
      shop.requests
        .all()
        .filter(({ resource, method }) => resource === 'stock_availables' && method !== 'GET')
        .map(({ id }) => id),
    stock: async (sku) => {
      await ledger.caughtUp();
      const { locations } = (await ledger.ok('GET', `/v1/stock/${sku}`)) as { readonly locations: readonly unknown[] };
      return locations;
    },
    alerts: (of) => rowsOf(ledger, `/v1/alerts?channel=${of}&limit=1000`),
    vanished: (of) => rowsOf(ledger, `/v1/channels/${of}/connector/vanished-orders?limit=1000`),
    stop: async () => {
      await ledger.stop();
      await bol.stop();
      await shop.stop();
    },
  };
};
