import type { StockEvent } from './events.js';
import type { Bucket, Outside } from './parts.js';

/** One entry: units that enter (below 0: leave) an account. A bucket is one of `location`; an outside account has none. */
export type Posting = { readonly location?: string; readonly account: Bucket | Outside; readonly quantity: number };

export const isBucket = (account: Bucket | Outside): account is Bucket => {
  switch (account) {
    case 'sellable':
    case 'reserved':
    case 'committed':
    case 'quarantined':
    case 'damaged':
      return true;
    case 'supplier':
    case 'customer':
    case 'adjustment':
      return false;
    default:
      return account.startsWith('fenced:');
  }
};

const entry = (location: string, account: Bucket | Outside, quantity: number): Posting =>
  isBucket(account) ? { location, account, quantity } : { account, quantity };

/** What an event moves, as entries that sum to zero. Needs nothing but the event's own parts. */
export const postings = (event: StockEvent): readonly Posting[] => {
  const entries: Posting[] = [];
  for (const { location, from, to, quantity } of event.data.parts)
    entries.push(entry(location, from, -quantity), entry(location, to, quantity));
  return entries;
};
