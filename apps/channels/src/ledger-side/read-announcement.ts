import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from '#messaging';
import type { AnnouncedPair } from '../contracts/index.js';

/** The pair that a message of `stock.availability.v1` speaks of; undefined: it is none, or takes one back. */
export const readAnnouncement = ({ value }: Pick<IncomingMessage, 'value'>): AnnouncedPair | undefined => {
  if (value === undefined || !isUtf8(value)) return undefined;
  const { channel, sku, sequence, shown, heldByListing } = membersOf(Buffer.from(value).toString());
  const isPair = typeof channel === 'string' && typeof sku === 'string';
  if (!isPair || !isInteger(sequence) || !isInteger(shown)) return undefined;
  return { channel, sku, sequence, shown, heldByListing: unitsIn(heldByListing) };
};

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

const unitsIn = (held: unknown): Readonly<Record<string, number>> =>
  typeof held === 'object' && held !== null
    ? Object.fromEntries(Object.entries(held).filter((one): one is [string, number] => isInteger(one[1])))
    : {};

const membersOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // Whoever else writes there says nothing to us
  }
};
