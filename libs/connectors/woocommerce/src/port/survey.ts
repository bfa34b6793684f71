import { isTransient, surveyBy, surveyed, type SurveyPart, surveyWebhooks, type Webhook } from '#channel-kit';
import { ask, objectIn, text, whole } from '#shop-http';
import { readAllRows } from '../rest/client.js';
import { answerOf } from '../rest/failure.js';
import { type PortContext, type WooCommercePort } from './context.js';

/** A shop that does not answer now is asked again. */
type PartOf = (context: PortContext) => SurveyPart;

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
    const minutes = answerOf(await ask(client, { method: 'GET', resource }, minutesIn, signal));
    if (minutes.kind === 'trouble' && isTransient(minutes.trouble)) return minutes;
    found.holdStockMinutes = minutes.kind === 'answered' ? minutes.value : options.holdStockMinutes;
    return surveyed('hold_unknown', found.holdStockMinutes === undefined ? holdUnknown : undefined);
  };

const webhookIn = (json: unknown): Webhook => {
  const webhook = objectIn(json, 'a webhook');
  return { id: whole(webhook, 'id'), topic: text(webhook, 'topic'), address: text(webhook, 'delivery_url') };
};

const webhooks: PartOf = ({ client }) =>
  surveyWebhooks({
    disabled: async (signal) => {
      const list = { resource: 'webhooks', query: { status: 'disabled' } };
      return answerOf(await readAllRows(client, list, webhookIn, signal));
    },
    enable: async (id, signal) => {
      const json = { status: 'active' };
      return answerOf(await client.send({ method: 'PUT', resource: `webhooks/${id}`, json }, signal));
    },
  });

/** What the shop has, and how it is set up. Webhooks that nobody believes are not looked at. */
export const surveyOf = (context: PortContext): WooCommercePort['survey'] => {
  const parts = [hold, ...(context.options.webhookSecret === undefined ? [] : [webhooks])];
  return surveyBy([context.plugin.survey, ...parts.map((part) => part(context))]);
};
