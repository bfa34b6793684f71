import type { ChannelPort } from '#channel-kit';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import type { ConnectorKind, KeptOrder, OpenShop } from '../../contracts/index.js';
import { judgePrestashopSettings } from './prestashop-settings.js';

/** A shop of PrestaShop, by its webservice. */
export const prestashopKind: ConnectorKind = {
  kind: 'prestashop',
  secrets: { required: ['key'], optional: ['webhookSecret'] },
  judgeSettings: judgePrestashopSettings,
  open: ({ settings, secrets, now }) => openShop(settings, secrets, now),
};

/** @throws Error for settings that were never judged */
const openShop = (
  given: Readonly<Record<string, unknown>>,
  { key = '', webhookSecret }: Readonly<Record<string, string>>,
  now: () => number,
): OpenShop => {
  const verdict = judgePrestashopSettings(given);
  if (verdict.kind === 'unfit') throw new Error(`The settings do not fit: ${verdict.field} ${verdict.detail}`);
  const { url, shopId } = verdict.settings;
  const client = webserviceClient({ base: new URL('api/', url).href, key });
  const port = createPrestashopPort({
    ...{ client, now },
    ...(shopId !== undefined && { shopId }),
    ...(webhookSecret !== undefined && { webhookSecret }),
  });
  // What the connector keeps of an order is plain JSON, and comes back to it as it was.
  return { port: port as unknown as ChannelPort<KeptOrder>, close: client.close };
};
