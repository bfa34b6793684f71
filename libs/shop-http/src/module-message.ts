import { type ChannelPort, type Hint } from '#channel-kit';
import { headerOf, isSameSignature, messageIn, signatureOf } from './signature.js';

/** Clocks differ, and a message may wait: what is older is not believed, so that nobody can send it again later. */
const skewMillisMax = 300_000;

/** More orders than one message of the module holds. */
const hintsMax = 1_000;

const isRecent = (timestamp: string, nowMillis: number): boolean =>
  /^\d{1,12}$/u.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - nowMillis) <= skewMillisMax;

const isId = (value: unknown): boolean => /^[1-9]\d{0,14}$/u.test(String(value));

const idsIn = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('orderId' in value) return [value.orderId];
  return 'orders' in value && Array.isArray(value.orders) ? value.orders : [];
};

const hintsIn = (value: unknown): readonly Hint[] => {
  const ids = idsIn(value).filter(isId).slice(0, hintsMax).map(String);
  return [...new Set(ids)].map((order) => ({ order }));
};

/**
 * Reads a message of the ledger's module in a shop, an event with its `orderId` or `{"orders": [12, 13]}`, signed as `v1=` and the hex of
 * HMAC-SHA256 over the timestamp (seconds since 1970), a full stop and the body as it came. Without a secret nothing is believed.
 */
export const moduleHintsWith =
  (secret: string | undefined): ChannelPort<never>['verifyWebhook'] =>
  (body, headers, nowMillis) => {
    const timestamp = headerOf(headers, 'x-ledger-timestamp');
    const signature = headerOf(headers, 'x-ledger-signature');
    if (secret === undefined || secret === '' || headerOf(headers, 'x-ledger-event-id') === '') return undefined;
    const expected = `v1=${signatureOf(secret, 'hex', `${timestamp}.`, body)}`;
    if (!isRecent(timestamp, nowMillis) || !isSameSignature(expected, signature)) return undefined;
    return hintsIn(messageIn(body));
  };
