import type { Context } from './context.js';
import type { Webhook } from './rows.js';

/** Active from the beginning. */
export const addWebhook = (context: Context, topic: string, deliveryUrl: string, name = topic): Webhook => {
  const id = context.webhooks.size + 1;
  const at = context.now();
  const dates = { createdAt: at, modifiedAt: at, changedAt: undefined };
  const webhook: Webhook = { ...{ id, name, status: 'active', topic, deliveryUrl }, ...dates };
  context.webhooks.set(id, webhook);
  return webhook;
};

/** As after some deliveries in a row that failed: its date stays. */
export const disableWebhook = (context: Context, id: number): void => {
  const webhook = context.webhooks.get(id);
  if (webhook === undefined) throw new Error(`There is no webhook ${id}`);
  context.webhooks.set(id, { ...webhook, status: 'disabled' });
};
