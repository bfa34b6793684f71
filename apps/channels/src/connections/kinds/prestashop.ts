import type { ChannelPort } from '#channel-kit';
import {
  createPrestashopPort,
  judgePrestashopSettings,
  type PrestashopSettings,
  webserviceClient,
} from '#connectors/prestashop';
import type { ConnectorKind, KeptOrder, OpenShop } from '../../contracts/index.js';

/** A shop of PrestaShop, by its webservice. */
export const prestashopKind: ConnectorKind = {
  kind: 'prestashop',
  secrets: { required: ['key'], optional: ['webhookSecret'] },
  judgeSettings: judgePrestashopSettings,
  open: ({ settings, secrets, now }) => openShop(judgedAgain(settings), secrets, now),
};

/** What a later release would not take any more is not spoken to. @throws Error */
const judgedAgain = (settings: Readonly<Record<string, unknown>>): PrestashopSettings => {
  const verdict = judgePrestashopSettings(settings);
  if (verdict.kind === 'fit') return verdict.settings;
  throw new Error(`The settings of the shop do not fit any more: ${verdict.field}: ${verdict.detail}`);
};

const openShop = (
  { url, allowHttp = false, ...meaning }: PrestashopSettings,
  { key = '', webhookSecret }: Readonly<Record<string, string>>,
  now: () => number,
): OpenShop => {
  const client = webserviceClient({ base: url, allowHttp, key });
  const port = createPrestashopPort({
    ...{ ...meaning, client, now },
    ...(webhookSecret !== undefined && { webhookSecret }),
  });
  // What the connector keeps of an order is plain JSON, and comes back to it as it was.
  return { port: port as unknown as ChannelPort<KeptOrder>, busyMillis: client.busyMillis, close: client.close };
};
