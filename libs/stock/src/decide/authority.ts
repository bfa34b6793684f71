import type { FactKind } from '../events.js';
import { operator, type StockPolicy } from '../policy.js';
import type { StockRefusal } from '../refusals.js';

type Maybe = StockRefusal | undefined;

/** What people may report everywhere; all else belongs to the author of the location. */
const operatorKinds: readonly FactKind[] = ['adjustment', 'count', 'bucket_change'];

export const checkLocation = (policy: StockPolicy, location: string): Maybe =>
  policy.locations.has(location) ? undefined : { code: 'unknown_location', location };

export const checkChannel = (policy: StockPolicy, channel: string): Maybe =>
  policy.channels.has(channel) ? undefined : { code: 'unknown_channel', channel };

/** Exactly one connection moves the ledger by a kind of fact at a location. */
export const checkAuthor = (policy: StockPolicy, connection: string, kind: FactKind, location: string): Maybe => {
  const at = policy.locations.get(location);
  const author = at?.authors[kind] ?? at?.author;
  if (connection === author || (connection === operator && operatorKinds.includes(kind))) return undefined;
  return { code: 'not_author', connection, kind, location, ...(author !== undefined && { author }) };
};

/** A channel's carts and orders are its own connection's to speak of, or an operator's. */
export const checkSpeaker = (
  policy: StockPolicy,
  connection: string,
  kind: 'ordered' | 'reservation',
  channel: string,
): Maybe => {
  const author = policy.channels.get(channel)?.connection;
  if (connection === author || connection === operator) return undefined;
  return { code: 'not_author', connection, kind, channel, ...(author !== undefined && { author }) };
};
