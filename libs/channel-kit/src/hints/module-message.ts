import type { Hint } from '../port/channel-port.js';
import { headerOf, type Headers, isSame, saidIn, signatureOf } from './message.js';

/** Clocks differ, and a message may wait: what is older is not believed, so that nobody can send it again later. */
const skewMillisMax = 300_000;

/** More orders than one message of the module holds. */
const hintsMax = 1_000;

const isRecent = (timestamp: string, nowMillis: number): boolean =>
  /^\d{1,12}$/u.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - nowMillis) <= skewMillisMax;

const isId = (value: unknown): boolean => /^[1-9]\d{0,9}$/u.test(String(value));

const idsIn = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('orderId' in value) return [value.orderId];
  return 'orders' in value && Array.isArray(value.orders) ? value.orders : [];
};

const hintsIn = (value: unknown): readonly Hint[] => {
  const ids = idsIn(value).filter(isId).slice(0, hintsMax).map(String);
  return [...new Set(ids)].map((order) => ({ order }));
};

/** Whether a message says that one of our modules wrote it, in a shop that may have messages of its own. */
export const isOfModule = (headers: Headers): boolean => headerOf(headers, 'x-ledger-signature') !== '';

/**
 * Reads a message of a shop's module, an event with its `orderId` or `{"orders": [12, 13]}`, signed as `v1=` and the hex of
 * HMAC-SHA256 over the timestamp (seconds since 1970), a full stop and the body as it came. An event about something else
 * than an order is believed and names none. Without a secret nothing is believed.
 */
export const verifyModuleMessageWith =
  (secret: string | undefined) =>
  (body: Uint8Array, headers: Headers, nowMillis: number): readonly Hint[] | undefined => {
    const timestamp = headerOf(headers, 'x-ledger-timestamp');
    const signature = headerOf(headers, 'x-ledger-signature');
    if (secret === undefined || secret === '' || headerOf(headers, 'x-ledger-event-id') === '') return undefined;
    const expected = `v1=${signatureOf(secret, 'hex', `${timestamp}.`, body)}`;
    if (!isRecent(timestamp, nowMillis) || !isSame(expected, signature)) return undefined;
    return hintsIn(saidIn(body));
  };
