import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from '#messaging';
import type { AnnouncedPair } from '../contracts/index.js';

/** The pair that a message of `stock.availability.v1` speaks of; undefined: it is none, or takes one back. */
export const readAnnouncement = ({ value }: Pick<IncomingMessage, 'value'>): AnnouncedPair | undefined => {
  if (value === undefined || !isUtf8(value)) return undefined;
  const { channel, sku, sequence } = membersOf(Buffer.from(value).toString());
  const isPair = typeof channel === 'string' && typeof sku === 'string' && Number.isSafeInteger(sequence);
  return isPair ? { channel, sku, sequence: sequence as number } : undefined;
};

const membersOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // Whoever else writes there says nothing to us
  }
};
