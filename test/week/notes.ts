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
  'an order deleted unread',
  'a line moved unread',
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
  /** When nobody kept the shops. */
  readonly deaths: { readonly from: number; readonly until: number }[];
  /** How long rows that a request had written late showed what they should not. */
  readonly lateMillis: number[];
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
  ...{ injections: [], findings: [], feedsRead: [], writes: [], wrong: [], deaths: [], lateMillis: [] },
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
    isBeside = false,
  }: Omit<Injection, 'until' | 'isSeen' | 'doneAt'> & {
    readonly isSeen?: boolean;
    /** It was meant for another row, and is not counted again. */
    readonly isBeside?: boolean;
  },
): Injection => {
  const injection: Injection = { cause, channel, row, from, until: from + showsMillis, isSeen, doneAt: from };
  notes.injections.push(injection);
  if (!isBeside) count(notes, cause);
  return injection;
};

type RowOf = Pick<Injection, 'channel' | 'row'>;

const rowKeyOf = ({ channel, row }: RowOf): string => `${channel}/${row}`;

/** Sorts a list that only grows: what was sorted once is not looked at again. */
const sorting = <Item extends object>(
  keyOf: (item: Item) => string,
): ((items: readonly Item[], key: string) => readonly Item[]) => {
  const sorted = new WeakMap<readonly Item[], { count: number; readonly byKey: Map<string, Item[]> }>();
  return (items, key) => {
    const known = sorted.get(items) ?? { count: 0, byKey: new Map<string, Item[]>() };
    for (; known.count < items.length; known.count += 1) {
      const item = items[known.count];
      if (item === undefined) continue;
      const same = known.byKey.get(keyOf(item));
      if (same === undefined) known.byKey.set(keyOf(item), [item]);
      else same.push(item);
    }
    sorted.set(items, known);
    return known.byKey.get(key) ?? [];
  };
};

const byRow = sorting<Injection>(rowKeyOf);
const byCause = sorting<Injection>(({ cause }) => cause);
const byChannel = sorting<Notes['feedsRead'][number]>(({ channel }) => channel);

/** What was done to a row and may show there now, the oldest first. */
export const injectionsAt = ({ injections }: Pick<Notes, 'injections'>, row: RowOf, at: number): readonly Injection[] =>
  byRow(injections, rowKeyOf(row)).filter(({ from, until }) => from <= at && at <= until);

/** All that was done of a kind, the oldest first. */
export const injectionsOf = ({ injections }: Pick<Notes, 'injections'>, cause: CauseName): readonly Injection[] =>
  byCause(injections, cause);

/** When somebody began to read the feed of the channel for the first time since then; undefined: nobody has. */
export const readSince = (
  { feedsRead }: Pick<Notes, 'feedsRead'>,
  channel: string,
  since: number,
): number | undefined => {
  const read = byChannel(feedsRead, channel);
  let [low, high] = [0, read.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((read[middle]?.at ?? 0) < since) low = middle + 1;
    else high = middle;
  }
  return read[low]?.at;
};
