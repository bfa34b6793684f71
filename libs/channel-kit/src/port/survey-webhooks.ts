import { type SurveyPart, surveyed } from './survey-by.js';
import { type Answer, isTransient } from './trouble.js';

/** A webhook of a shop: what it tells of, and where. */
export type Webhook = { readonly id: number; readonly topic: string; readonly address: string };

/** How a shop is asked about webhooks that it has switched off, or somebody there. */
export type ShopWebhooks = {
  readonly disabled: (signal: AbortSignal) => Promise<Answer<readonly Webhook[]>>;
  readonly enable: (id: number, signal: AbortSignal) => Promise<Answer<unknown>>;
};

const isOurs = ({ address }: Webhook, hintsPath: string): boolean =>
  URL.canParse(address) && new URL(address).pathname.endsWith(hintsPath);

const detailOf = (webhooks: readonly Webhook[], isMended: boolean): string => {
  const names = webhooks.map(({ id, topic }) => `${id} (${topic})`).join(', ');
  const next = isMended
    ? 'They are switched on again, and what they would have said was read: see that the shop reaches this service.'
    : 'The channel changes nothing in the shop yet: switch them on there.';
  return `The shop has switched off its webhooks ${names}, as it does when several messages in a row are not taken. ${next}`;
};

/**
 * Looks for webhooks that tell this service of orders: shops switch them off for good when their messages are not taken. They are
 * switched on again where the shop may be changed. Where a key may not see them nothing is said of them.
 */
export const surveyWebhooks =
  ({ disabled, enable }: ShopWebhooks): SurveyPart =>
  async ({ hintsPath, mayMend }, signal) => {
    const found = await disabled(signal);
    if (found.kind === 'trouble')
      return isTransient(found.trouble) ? found : { kind: 'answered', value: { notices: [], missedMessages: false } };
    const own = found.value.filter((webhook) => isOurs(webhook, hintsPath));
    if (own.length === 0) return surveyed('webhook_disabled', undefined);
    for (const { id } of mayMend ? own : []) {
      const enabled = await enable(id, signal);
      if (enabled.kind === 'trouble') return enabled;
    }
    return surveyed('webhook_disabled', detailOf(own, mayMend), mayMend);
  };
