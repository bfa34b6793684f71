import type { ChannelPort } from '#channel-kit';
import {
  createWooCommercePort,
  isPing,
  judgeWooCommerceSettings,
  restClient,
  type WooCommerceSettings,
} from '#connectors/woocommerce';
import type { ConnectorKind, KeptOrder, OpenShop } from '../../contracts/index.js';

/** A shop of WooCommerce, by its REST interface. */
export const wooCommerceKind: ConnectorKind = {
  kind: 'woocommerce',
  secrets: { required: ['key', 'secret'], optional: ['webhookSecret'] },
  isGreeting: isPing,
  judgeSettings: judgeWooCommerceSettings,
  open: ({ settings, secrets, now }) => openShop(judgedAgain(settings), secrets, now),
};

/** What a later release would not take any more is not spoken to. @throws Error */
const judgedAgain = (settings: Readonly<Record<string, unknown>>): WooCommerceSettings => {
  const verdict = judgeWooCommerceSettings(settings);
  if (verdict.kind === 'fit') return verdict.settings;
  throw new Error(`The settings of the shop do not fit any more: ${verdict.field}: ${verdict.detail}`);
};

const openShop = (
  { url, allowHttp = false, ...meaning }: WooCommerceSettings,
  { key = '', secret = '', webhookSecret }: Readonly<Record<string, string>>,
  now: () => number,
): OpenShop => {
  const client = restClient({ base: url, allowHttp, key, secret });
  const port = createWooCommercePort({
    ...{ ...meaning, client, now },
    ...(webhookSecret !== undefined && { webhookSecret }),
  });
  // What the connector keeps of an order is plain JSON, and comes back to it as it was.
  return { port: port as unknown as ChannelPort<KeptOrder>, close: client.close };
};
