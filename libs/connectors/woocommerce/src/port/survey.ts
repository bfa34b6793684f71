import { isTransient, surveyBy, surveyed, type SurveyPart } from '#channel-kit';
import {
  enableWebhook,
  type Failure,
  hasStockRoute,
  readDisabledWebhooks,
  readHoldMinutes,
  type Webhook,
} from '../rest/index.js';
import { type PortContext } from './context.js';
import { answered, troubledBy, troubleOf } from './trouble.js';

/** A shop that does not answer now is asked again. */
type PartOf = (context: PortContext) => SurveyPart;

/** The same question again would not be answered: a right is missing, or something keeps this from us. */
const isLasting = (failure: Failure): boolean => !isTransient(troubleOf({ ...failure, applied: 'no' }));

const pluginGone =
  'The plugin of the ledger does not answer in the shop any more: figures are set without comparing them before. Switch it on again under Plugins.';

/** Whether figures can be set where they show what is expected. */
const plugin: PartOf =
  ({ client, found }) =>
  async (_, signal) => {
    const there = await hasStockRoute(client, signal);
    if (there.kind === 'failed') return troubledBy(there.failure);
    const lostPlugin = !there.value && (found.hasPlugin || found.lostPlugin);
    Object.assign(found, { hasPlugin: there.value, lostPlugin });
    return surveyed('plugin_gone', lostPlugin ? pluginGone : undefined);
  };

const holdUnknown =
  'The shop does not say how long it keeps units for an unpaid checkout, nor do the settings of the channel: it is taken for keeping none. Let the key read the settings of the shop, or say holdStockMinutes.';

/** How long a checkout keeps units: as the shop says, and only where it does not, as a person has said. */
const hold: PartOf =
  ({ client, found, holdStockMinutes }) =>
  async (_, signal) => {
    const minutes = await readHoldMinutes(client, signal);
    if (minutes.kind === 'failed' && !isLasting(minutes.failure)) return troubledBy(minutes.failure);
    found.holdStockMinutes = minutes.kind === 'ok' ? minutes.value : holdStockMinutes;
    return surveyed('hold_unknown', found.holdStockMinutes === undefined ? holdUnknown : undefined);
  };

const namesOf = (webhooks: readonly Webhook[]): string =>
  webhooks.map(({ id, topic }) => `${id} (${topic})`).join(', ');

const unseen = answered({ notices: [], missedMessages: false });

const webhooksOff = (webhooks: readonly Webhook[], isMended: boolean): string =>
  `The shop has switched off its webhooks ${namesOf(webhooks)}, as it does when several messages in a row are not taken. ${
    isMended
      ? 'They are switched on again, and what they would have said was read: see that the shop reaches this service.'
      : 'The channel changes nothing in the shop yet: switch them on there.'
  }`;

/** Webhooks that tell this service of orders: the shop switches them off for good when their messages are not taken. */
const webhooks: PartOf =
  ({ client, hearsWebhooks }) =>
  async ({ hintsPath, mayMend }, signal) => {
    if (!hearsWebhooks) return unseen;
    const found = await readDisabledWebhooks(client, signal);
    if (found.kind === 'failed') return isLasting(found.failure) ? unseen : troubledBy(found.failure);
    const isOurs = ({ address }: Webhook): boolean =>
      URL.canParse(address) && new URL(address).pathname.endsWith(hintsPath);
    const own = found.value.filter(isOurs);
    if (own.length === 0) return surveyed('webhook_disabled', undefined);
    for (const webhook of mayMend ? own : []) {
      const enabled = await enableWebhook(client, webhook, signal);
      if (enabled.kind === 'failed') return troubledBy(enabled.failure);
    }
    return surveyed('webhook_disabled', webhooksOff(own, mayMend), mayMend);
  };

/** What the shop has, and how it is set up. */
export const surveyOf = (context: PortContext): ReturnType<typeof surveyBy> =>
  surveyBy([plugin, hold, webhooks].map((part) => part(context)));
