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

/** By how many units on hand changes at a location. */
export type Moved = { readonly location: string; readonly units: number };

/** What parts change physically at each of their locations (0 where it stays), in the order in which they name them. */
export const movedIn = (parts: readonly Part[]): readonly Moved[] => {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return [{ location: only.location, units: physicalDeltaOf(only) }];
  const moved: { readonly location: string; units: number }[] = [];
  for (const part of parts) {
    const units = physicalDeltaOf(part);
    const before = moved.find(({ location }) => location === part.location);
    if (before === undefined) moved.push({ location: part.location, units });
    else before.units += units;
  }
  return moved;
};

/** Counts that later parts do not reach. */
export type StandingCounts = { readonly [Bucket in PlainBucket]: number } & {
  readonly fenced: Readonly<Record<string, number>>;
};

/** A copy. Channels with nothing fenced are left out. */
export const copyOf = (counts: Counts): StandingCounts => ({ ...counts, fenced: fencedOf(counts) });

/** Nearly every place has nothing fenced. */
const noneFenced: Readonly<Record<string, number>> = Object.freeze({});

export const fencedOf = (counts: StandingCounts): Readonly<Record<string, number>> => {
  let fenced: Record<string, number> | undefined;
  for (const channel in counts.fenced) {
    const quantity = counts.fenced[channel] ?? 0;
    if (quantity !== 0) (fenced ??= {})[channel] = quantity;
  }
  return fenced ?? noneFenced;
};

/** JSON of what is fenced, empty when nothing is. */
export const fencedJson = (counts: StandingCounts): string => {
  const fenced = fencedOf(counts);
  return fenced === noneFenced ? '' : JSON.stringify(fenced);
};
