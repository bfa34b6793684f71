import { objectIn, readAs, text, whole } from '#shop-http';
import { type Client } from './client.js';
import { type Outcome } from './failure.js';
import { readAllRows } from './lists.js';

/** How long a checkout keeps units for an order that is not paid, in minutes; 0: it keeps none. */
export const readHoldMinutes = async (client: Client, signal: AbortSignal): Promise<Outcome<number>> => {
  const resource = 'settings/products/woocommerce_hold_stock_minutes';
  const answer = await client.send({ method: 'GET', resource }, signal);
  // Settings are texts, and what is no number is none, as in PHP.
  return answer.kind === 'failed'
    ? answer
    : readAs(() => Math.max(0, Number.parseInt(text(objectIn(answer.value, 'the setting'), 'value'), 10) || 0));
};

export type Webhook = { readonly id: number; readonly topic: string; readonly address: string };

const webhookIn = (json: unknown): Webhook => {
  const webhook = objectIn(json, 'a webhook');
  return { id: whole(webhook, 'id'), topic: text(webhook, 'topic'), address: text(webhook, 'delivery_url') };
};

/** Those that the shop has switched off, or somebody there. */
export const readDisabledWebhooks = (client: Client, signal: AbortSignal): Promise<Outcome<readonly Webhook[]>> =>
  readAllRows(client, { resource: 'webhooks', query: { status: 'disabled' } }, webhookIn, signal);

export const enableWebhook = (client: Client, { id }: Webhook, signal: AbortSignal): Promise<Outcome<unknown>> =>
  client.send({ method: 'PUT', resource: `webhooks/${id}`, json: { status: 'active' } }, signal);
