import type { Changing, PersistentMap } from '#event-sourcing';
import { isBucket } from '../postings.js';
import type { Bucket, Outside, Part } from '../parts.js';

/** What one location holds of the SKU, by bucket. `shortPicked` are the units of `quarantined` that a pick did not find. */
export type Balances = {
  readonly sellable: number;
  readonly reserved: number;
  readonly committed: number;
  readonly quarantined: number;
  readonly damaged: number;
  readonly fenced: Readonly<Record<string, number>>;
  readonly shortPicked: number;
};

const noBalances: Balances = {
  sellable: 0,
  reserved: 0,
  committed: 0,
  quarantined: 0,
  damaged: 0,
  fenced: {},
  shortPicked: 0,
};

const fencePrefix = 'fenced:';
/** The channel of a fenced bucket. */
const fencedFor = (account: string): string => account.slice(fencePrefix.length);

const add = (balances: Changing<Balances>, account: Bucket | Outside, quantity: number): void => {
  switch (account) {
    case 'sellable':
    case 'reserved':
    case 'committed':
    case 'quarantined':
    case 'damaged':
      balances[account] += quantity;
      return;
    case 'supplier':
    case 'customer':
    case 'adjustment':
      return;
    default: {
      if (!isBucket(account)) return;
      const channel = fencedFor(account);
      balances.fenced = { ...balances.fenced, [channel]: (balances.fenced[channel] ?? 0) + quantity };
    }
  }
};

const moved = (balances: Balances, part: Part): Balances => {
  const next: Changing<Balances> = {
    sellable: balances.sellable,
    reserved: balances.reserved,
    committed: balances.committed,
    quarantined: balances.quarantined,
    damaged: balances.damaged,
    fenced: balances.fenced,
    shortPicked: balances.shortPicked,
  };
  add(next, part.from, -part.quantity);
  add(next, part.to, part.quantity);
  return next;
};

export type BalancesByLocation = PersistentMap<Balances>;

export const balancesAt = (balances: BalancesByLocation, location: string): Balances =>
  balances.get(location) ?? noBalances;

/** The balances after these parts: what `postings` says, applied. */
export const withParts = (balances: BalancesByLocation, parts: readonly Part[]): BalancesByLocation => {
  let map = balances;
  for (const part of parts) map = map.with(part.location, moved(balancesAt(map, part.location), part));
  return map;
};

const fencedSum = (balances: Balances): number => {
  let sum = 0;
  for (const channel in balances.fenced) sum += balances.fenced[channel] ?? 0;
  return sum;
};
/** sellable + reserved + fenced + committed. */
export const usableOf = (balances: Balances): number =>
  balances.sellable + balances.reserved + balances.committed + fencedSum(balances);
/** Physically there: all buckets. */
export const onHandOf = (balances: Balances): number => usableOf(balances) + balances.quarantined + balances.damaged;
