import type { SkuBooks } from './books.js';
import type { AuditedChannel } from './channel.js';
import { auditedIncoming } from './incoming.js';
import type { Ruling } from './policies.js';

const balance = (books: SkuBooks, location: string, bucket: string): number =>
  books.balances.get(`${location}|${bucket}`) ?? 0;

/** Units at a location that stand in holds whose deadline has passed: back in their bucket, whatever the balances say. */
const expiredAt = (books: SkuBooks, location: string, now: string, bucket: string): number => {
  let units = 0;
  for (const hold of books.holds.values())
    if (hold.expiresAt <= now)
      for (const part of hold.parts) if (part.location === location && part.from === bucket) units += part.quantity;
  return units;
};

/** What a channel may promise, written down a second time from the definition. */
export const auditedAtp = (
  books: SkuBooks,
  channels: readonly AuditedChannel[],
  channel: AuditedChannel,
  now: string,
  { notOpen, keptOf, horizonDays }: Ruling,
): number => {
  let pool = 0;
  let kept = 0;
  for (const location of channel.locations) {
    const fence = `fenced:${channel.channel}`;
    if (!notOpen.has(location)) kept += balance(books, location, fence) + expiredAt(books, location, now, fence);
    const sellable = balance(books, location, 'sellable') + expiredAt(books, location, now, 'sellable');
    const given = Math.max(sellable, -balance(books, location, 'committed'));
    pool += notOpen.has(location) ? Math.min(0, given) : given;
  }
  for (const other of channels) {
    const isSame = other.channel === channel.channel;
    const shares = other.locations.some((location) => channel.locations.includes(location) && !notOpen.has(location));
    if (isSame || shares) pool += Math.min(0, balance(books, `unsourced:${other.channel}`, 'sellable'));
  }
  // What comes serves first whoever is owed already
  const lacking = Math.max(0, -pool);
  pool = Math.max(0, pool);
  const open = channel.locations.filter((location) => !notOpen.has(location));
  const coming = auditedIncoming(books, open, now, horizonDays);
  return pool - keptOf(pool) + kept + Math.max(0, coming - lacking);
};
