import { isTransient, surveyBy, surveyed, type SurveyPart } from '#channel-kit';
import { answered, ask, objectIn, text, whole } from '#shop-http';
import { readAllRows } from '../rest/client.js';
import { type Failure, troubledBy, troubleOf } from '../rest/failure.js';
import { hasStockRoute } from '../rest/stock.js';
import { type PortContext } from './context.js';

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

/** Settings are texts, and what is no number is none, as in PHP. 0: a checkout keeps nothing. */
const minutesIn = (json: unknown): number =>
  Math.max(0, Number.parseInt(text(objectIn(json, 'the setting'), 'value'), 10) || 0);

const holdUnknown =
  'The shop does not say how long it keeps units for an unpaid checkout, nor do the settings of the channel: it is taken for keeping none. Let the key read the settings of the shop, or say holdStockMinutes.';

/** How long a checkout keeps units: as the shop says, and only where it does not, as a person has said. */
const hold: PartOf =
  ({ client, found, options }) =>
  async (_, signal) => {
    const resource = 'settings/products/woocommerce_hold_stock_minutes';
    const minutes = await ask(client, { method: 'GET', resource }, minutesIn, signal);
    if (minutes.kind === 'failed' && !isLasting(minutes.failure)) return troubledBy(minutes.failure);
    found.holdStockMinutes = minutes.kind === 'ok' ? minutes.value : options.holdStockMinutes;
    return surveyed('hold_unknown', found.holdStockMinutes === undefined ? holdUnknown : undefined);
  };

type Webhook = { readonly id: number; readonly topic: string; readonly address: string };

const webhookIn = (json: unknown): Webhook => {
  const webhook = objectIn(json, 'a webhook');
  return { id: whole(webhook, 'id'), topic: text(webhook, 'topic'), address: text(webhook, 'delivery_url') };
};

const webhooksOff = (webhooks: readonly Webhook[], isMended: boolean): string => {
  const names = webhooks.map(({ id, topic }) => `${id} (${topic})`).join(', ');
  const next = isMended
    ? 'They are switched on again, and what they would have said was read: see that the shop reaches this service.'
    : 'The channel changes nothing in the shop yet: switch them on there.';
  return `The shop has switched off its webhooks ${names}, as it does when several messages in a row are not taken. ${next}`;
};

const unseen = answered({ notices: [], missedMessages: false });

/** Webhooks that tell this service of orders: the shop switches them off for good when their messages are not taken. */
const webhooks: PartOf =
  ({ client, options }) =>
  async ({ hintsPath, mayMend }, signal) => {
    if (options.webhookSecret === undefined) return unseen;
    const disabled = { resource: 'webhooks', query: { status: 'disabled' } };
    const found = await readAllRows(client, disabled, webhookIn, signal);
    if (found.kind === 'failed') return isLasting(found.failure) ? unseen : troubledBy(found.failure);
    const isOurs = ({ address }: Webhook): boolean =>
      URL.canParse(address) && new URL(address).pathname.endsWith(hintsPath);
    const own = found.value.filter(isOurs);
    if (own.length === 0) return surveyed('webhook_disabled', undefined);
    for (const { id } of mayMend ? own : []) {
      const request = { method: 'PUT', resource: `webhooks/${id}`, json: { status: 'active' } } as const;
      const enabled = await client.send(request, signal);
      if (enabled.kind === 'failed') return troubledBy(enabled.failure);
    }
    return surveyed('webhook_disabled', webhooksOff(own, mayMend), mayMend);
  };

/** What the shop has, and how it is set up. */
export const surveyOf = (context: PortContext): ReturnType<typeof surveyBy> =>
  surveyBy([plugin, hold, webhooks].map((part) => part(context)));
