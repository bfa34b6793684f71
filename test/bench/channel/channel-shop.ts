import type { PrestashopServer } from '../../servers/prestashop/index.js';
import { becomesTrue } from '../../crash/service/becomes-true.js';
import type { BenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import { ask } from './ask.js';

/** The channel of a shop with a product for each SKU, as a person and a warehouse speak to its ledger. */
export type ChannelShop = {
  readonly products: readonly number[];
  /** Receives so much of every SKU, and maps the products. */
  readonly stock: (units: number) => Promise<void>;
  /** Adds the shop, and takes it to the top of its ladder. */
  readonly connect: (server: Pick<PrestashopServer, 'url' | 'key'>) => Promise<void>;
  /** Nothing shows more than this from now on. */
  readonly capAt: (units: number) => Promise<void>;
  /** Units of one SKU leave. Answers when that was answered, in milliseconds since 1970. */
  readonly issue: (at: number, units: number) => Promise<number>;
  /** Reads and compares every listing; the seconds that it took. */
  readonly reconcile: (millisMax: number) => Promise<number>;
};

const itemsMax = 500;
const { channel, location } = place;
const connector = `/v1/channels/${channel}/connector`;
const skuOf = (at: number): string => `sku-${at}`;

export const shopOf = (service: BenchService, products: readonly number[]): ChannelShop => ({
  products,
  stock: async (units) => {
    for (let next = 0; next < products.length; next += itemsMax) {
      const some = products.slice(next, next + itemsMax).map((product, at) => ({ product, sku: skuOf(next + at) }));
      const items = some.map(({ sku }) => receipt(sku, units));
      await ask(service, 'POST', '/v1/movements/batch', { items });
      const listings = some.map(({ product, sku }) => ({ product: String(product), sku }));
      await ask(service, 'PUT', `/v1/channels/${channel}/listings`, { listings });
    }
  },
  connect: async ({ url, key }) => {
    await ask(service, 'POST', connector, { kind: 'prestashop', settings: { url }, secrets: { key }, reason: 'bench' });
    for (const rung of ['observe', 'shadow', 'canary', 'live']) await step(service, rung);
  },
  capAt: async (units) => {
    const terms = { revision: 0, locations: [location], reservationTtlSeconds: 900, splitCarts: false };
    await ask(service, 'PUT', `/v1/channels/${channel}`, { ...terms, cap: { units } });
  },
  issue: async (at, quantity) => {
    const left = { kind: 'issue', sku: skuOf(at), location, quantity, sourceKey: `parcel-${at}` };
    await ask(service, 'POST', '/v1/movements', left);
    return Date.now();
  },
  reconcile: (millisMax) => reconcile(service, millisMax),
});

const receipt = (sku: string, quantity: number) => ({
  ...{ kind: 'receipt', sku, location, quantity, sourceKey: `opening-${sku}` },
});

const step = async (service: BenchService, rung: string): Promise<void> => {
  const { connection } = (await ask(service, 'GET', connector)) as { connection: { revision: number } };
  const share = rung === 'canary' ? { percent: 100 } : {};
  await ask(service, 'PUT', `${connector}/ladder`, { rung, revision: connection.revision, reason: 'bench', ...share });
};

type Progress = { readonly state: string; readonly startedAt: number; readonly endedAt?: number };

const reconcile = async (service: BenchService, millisMax: number): Promise<number> => {
  const begun = (await ask(service, 'POST', `${connector}/reconcile`, { reason: 'bench', dryRun: false })) as {
    readonly job: string;
  };
  const look = async () => (await ask(service, 'GET', `${connector}/jobs/${begun.job}`)) as Progress;
  const hasEnded = async (): Promise<boolean> => (await look()).state !== 'running';
  if (!(await becomesTrue(hasEnded, millisMax))) throw new Error('Not every listing was compared');
  const { state, startedAt, endedAt = Number.NaN } = await look();
  if (state !== 'done') throw new Error(`The comparison ${state}`);
  return (endedAt - startedAt) / 1_000;
};
