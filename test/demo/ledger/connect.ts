import { must, type Service } from './http.js';

/** A channel with its shop, and the ids of its listings by SKU. */
export type DemoChannel = {
  readonly channel: string;
  readonly kind: 'prestashop' | 'woocommerce' | 'marketplace';
  /** Where it answers, and what else a person says of it. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its key, and of a shop with the module what its messages are signed with. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly listings: ReadonlyMap<string, string>;
};

const climb = ['observe', 'shadow', 'canary', 'live'];

const revisionIn = (answer: unknown): number =>
  (answer as { readonly connection: { readonly revision: number } }).connection.revision;

/** Adds a shop as a person does, and takes it up its ladder to the top. */
export const connect = async (ledger: Service, { channel, kind, settings, secrets }: DemoChannel): Promise<void> => {
  const path = `/v1/channels/${channel}/connector`;
  await must(ledger, 'POST', path, { kind, settings, secrets, reason: 'demo' });
  for (const rung of climb) {
    const revision = revisionIn(await must(ledger, 'GET', path));
    const share = rung === 'canary' ? { percent: 100 } : {};
    await must(ledger, 'PUT', `${path}/ladder`, { rung, revision, reason: 'demo', ...share });
  }
};
