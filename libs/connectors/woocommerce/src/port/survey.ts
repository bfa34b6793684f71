import { type Answer, type ChannelPort, type Survey } from '#channel-kit';
import { hasStockRoute } from '../rest/index.js';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { answered, troubledBy } from './trouble.js';

type Notices = Survey['notices'];

const pluginGone =
  'The plugin of the ledger does not answer in the shop any more: figures are set without comparing them before. Switch it on again under Plugins.';

/** Whether figures can be set where they show what is expected. */
const lookForPlugin = async ({ client, found }: PortContext, signal: AbortSignal): Promise<Answer<Notices>> => {
  const there = await hasStockRoute(client, signal);
  if (there.kind === 'failed') return troubledBy(there.failure);
  const lostPlugin = !there.value && (found.hasPlugin || found.lostPlugin);
  Object.assign(found, { hasPlugin: there.value, lostPlugin });
  return answered([{ code: 'plugin_gone', detail: lostPlugin ? pluginGone : undefined }]);
};

/** What the shop has, and how it is set up. */
export const surveyOf =
  (context: PortContext): NonNullable<ChannelPort<WooCommerceOrder>['survey']> =>
  async (_, signal) => {
    const plugin = await lookForPlugin(context, signal);
    return plugin.kind === 'trouble' ? plugin : answered({ notices: plugin.value, missedMessages: false });
  };
