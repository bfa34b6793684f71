import { refused } from '#event-sourcing';
import { quotaPriorityMax, quotasMax } from '../bounds.js';
import type { SetQuota } from '../commands.js';
import type { StockRefusal } from '../refusals.js';
import { quotaKeyOf } from '../state/quotas.js';
import { checkChannel, checkLocation } from './authority.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { checkQuantity, firstRefusal } from './form.js';
import { noted } from './reservation.js';

type Maybe = StockRefusal | undefined;

const checkPriority = ({ priority }: SetQuota): Maybe =>
  Number.isSafeInteger(priority) && priority >= 0 && priority <= quotaPriorityMax
    ? undefined
    : { code: 'priority_out_of_range', priority, max: quotaPriorityMax };

/** Units fenced where the channel does not sell from would be nobody's. Taking a quota away is always right. */
const checkServed = ({ channel, location, quantity }: SetQuota, draft: Draft): Maybe =>
  quantity === 0 || draft.policy.channels.get(channel)?.locations.includes(location)
    ? undefined
    : { code: 'location_not_of_channel', channel, location };

const checkCount = (command: SetQuota, { before: { quotas } }: Draft): Maybe =>
  quotas.size < quotasMax || quotas.get(quotaKeyOf(command)) !== undefined
    ? undefined
    : { code: 'too_many_quotas', open: quotas.size, max: quotasMax };

const check = (command: SetQuota, draft: Draft): Maybe =>
  firstRefusal(
    () => checkQuantity(command.quantity),
    () => checkPriority(command),
    () => checkChannel(draft.policy, command.channel),
    () => checkLocation(draft.policy, command.location),
    () => (draft.before.opened ? undefined : { code: 'unknown_sku' }),
    () => checkServed(command, draft),
    () => checkCount(command, draft),
  );
/** What stands already, with nothing spent of it, changes nothing. */
const stands = ({ channel, location, quantity, priority }: SetQuota, { before }: Draft): boolean => {
  const quota = before.quotas.get(quotaKeyOf({ channel, location }));
  if (quota === undefined) return quantity === 0;
  return quota.quantity === quantity && quota.priority === priority && quota.spent === 0;
};

/**
 * Units of a location are kept for one channel: what is free now at once, the rest as it comes free. Whoever may write
 * policies may ask for it.
 */
export const setQuota = (command: SetQuota, draft: Draft): StockDecision => {
  const refusal = check(command, draft);
  if (refusal) return refused(refusal);
  rideExpired(draft);
  if (stands(command, draft)) {
    draft.emit(noted(draft, command));
    return conclude(draft);
  }
  const { channel, location, quantity, priority } = command;
  draft.emit({ type: 'QuotaSet', data: { parts: [], channel, location, quantity, priority }, occurredAt: draft.now });
  return conclude(draft);
};
