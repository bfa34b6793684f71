import type { Finding, SyncEntry } from '#apps/channels';
import type { RowKey } from '#channel-kit';

/** What was done to a shop on purpose, or what its own acts come to. */
export const causes = [
  'a lost decrement',
  'a write crossed by a sale',
  'a sale crossed by a write',
  'a late request',
  'a hand edit up',
  'a hand edit down',
  'an order in the making',
  'a feed outage',
  'hints twice and shuffled',
  'a restock that the row tells first',
  'a double restock',
  'a crash',
  'a sale elsewhere',
] as const;
/** And to a shop of WooCommerce. */
export const wooCauses = [
  'a late payment',
  'a double payment',
  'a double cancellation',
  'an order in the trash',
  'a deleted order',
  'a line moved to another product',
  'a refund beyond what was sold',
  'a refused row',
] as const;
export type CauseName = (typeof causes)[number] | (typeof wooCauses)[number];

/** Something was done to a row, and may show there until a moment. Milliseconds since 1970. */
export type Injection = {
  readonly cause: CauseName;
  readonly channel: string;
  readonly row: RowKey;
  readonly from: number;
  until: number;
  /** It cannot pass unseen: somebody has to say of the row that it showed what it should not. */
  readonly isSeen: boolean;
  /** When it was complete: no reading of the feed that began before can tell of it. */
  doneAt: number;
};

/** What the world did and what whoever keeps the shops said, for the checks. */
export type Notes = {
  readonly injections: Injection[];
  readonly findings: Finding[];
  readonly feedsRead: { readonly channel: string; readonly at: number }[];
  readonly writes: SyncEntry[];
  /** SKU -> when something happened to it last. */
  readonly touched: Map<string, number>;
  /** What is wrong, as far as it is known. */
  readonly wrong: string[];
  /** Unit-milliseconds that rows stood above the truth, by cause. */
  readonly above: Map<string, number>;
  /** How often things happened. */
  readonly counts: Map<string, number>;
};

export const emptyNotes = (): Notes => ({
  ...{ injections: [], findings: [], feedsRead: [], writes: [], wrong: [] },
  ...{ touched: new Map(), above: new Map(), counts: new Map() },
});

export const count = ({ counts }: Notes, what: string, by = 1): void =>
  void counts.set(what, (counts.get(what) ?? 0) + by);

/** Whatever was done shows within this time, or is put right: two looks a minute apart, and what leads to them. */
export const showsMillis = 150_000;

export const inject = (
  notes: Notes,
  {
    cause,
    channel,
    row,
    from,
    isSeen = false,
  }: Omit<Injection, 'until' | 'isSeen' | 'doneAt'> & { readonly isSeen?: boolean },
): Injection => {
  const injection: Injection = { cause, channel, row, from, until: from + showsMillis, isSeen, doneAt: from };
  notes.injections.push(injection);
  count(notes, cause);
  return injection;
};

/** What was done to a row and may show there now, the oldest first. */
export const injectionsAt = (
  { injections }: Pick<Notes, 'injections'>,
  { channel, row }: Pick<Injection, 'channel' | 'row'>,
  at: number,
): readonly Injection[] =>
  injections.filter((one) => one.channel === channel && one.row === row && one.from <= at && at <= one.until);
