import { isBucket } from '#stock';
import type { Part } from '#stock';

/** The buckets that every location has; units fenced for a channel stand beside them, by channel. */
export const plainBuckets = ['sellable', 'reserved', 'committed', 'quarantined', 'damaged'] as const;
export type PlainBucket = (typeof plainBuckets)[number];

/** What stands at one location, or by how much it changed. Mutable: one object takes in thousands of parts of a batch. */
export type Counts = { [Bucket in PlainBucket]: number } & { fenced: Record<string, number> };

export const noCounts = (): Counts => ({
  sellable: 0,
  reserved: 0,
  committed: 0,
  quarantined: 0,
  damaged: 0,
  fenced: {},
});

const fencedPrefix = 'fenced:';

const isPlainBucket = (account: string): account is PlainBucket =>
  (plainBuckets as readonly string[]).includes(account);

const addTo = (counts: Counts, account: Part['from'], quantity: number): void => {
  if (isPlainBucket(account)) counts[account] += quantity;
  else if (isBucket(account)) {
    const channel = account.slice(fencedPrefix.length);
    counts.fenced[channel] = (counts.fenced[channel] ?? 0) + quantity;
  }
};

/** Both postings of a part, on the counts of its location. */
export const addPart = (counts: Counts, part: Part): void => {
  addTo(counts, part.from, -part.quantity);
  addTo(counts, part.to, part.quantity);
};

/** By how much a part changes what is physically at its location. */
export const physicalDeltaOf = (part: Part): number =>
  (isBucket(part.to) ? part.quantity : 0) - (isBucket(part.from) ? part.quantity : 0);

/** A copy that later parts do not reach. Channels with nothing fenced are left out. */
export const copyOf = (counts: Counts): Counts => ({ ...counts, fenced: fencedOf(counts) });

export const fencedOf = (counts: Counts): Record<string, number> => {
  const fenced: Record<string, number> = {};
  for (const channel in counts.fenced) if (counts.fenced[channel] !== 0) fenced[channel] = counts.fenced[channel] ?? 0;
  return fenced;
};

/** JSON of what is fenced, empty when nothing is: nearly every row. */
export const fencedJson = (counts: Counts): string => {
  const fenced = fencedOf(counts);
  return Object.keys(fenced).length === 0 ? '' : JSON.stringify(fenced);
};
