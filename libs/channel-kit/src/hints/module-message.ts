import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Hint } from '../port/channel-port.js';

/** Clocks differ, and a message may wait: what is older is not believed, so that nobody can send it again later. */
const skewMillisMax = 300_000;

/** More orders than one message of the module holds. */
const hintsMax = 1_000;

type Headers = Readonly<Record<string, string | undefined>>;

const headerOf = (headers: Headers, name: string): string =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';

const isSigned = (secret: string, timestamp: string, body: Uint8Array, signature: string): boolean => {
  const expected = Buffer.from(`v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const isRecent = (timestamp: string, nowMillis: number): boolean =>
  /^\d{1,12}$/u.test(timestamp) && Math.abs(Number(timestamp) * 1_000 - nowMillis) <= skewMillisMax;

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
};

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
    if (!isRecent(timestamp, nowMillis) || !isSigned(secret, timestamp, body, signature)) return undefined;
    return hintsIn(parsed(body));
  };
