/** What goes wrong. Whether the marketplace has done what it was asked before that is part of each. */
export type Fault =
  /** Done at once, answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Nothing done; the status, without a body. */
  | { readonly kind: 'away'; readonly status: number }
  /** Nothing done; a page for people. */
  | { readonly kind: 'html' }
  /** Done, and answered with 500. */
  | { readonly kind: 'error_after_commit' }
  /** Accepted and never answered. */
  | { readonly kind: 'silence'; readonly commits: boolean }
  /** The connection is reset in place of an answer. */
  | { readonly kind: 'reset'; readonly commits: boolean }
  /** Done, and the connection ends after so many bytes of the body. */
  | { readonly kind: 'truncate'; readonly bytes: number };

/** What requests are about, as limits and faults name it. */
export type Resource = 'offers' | 'stock' | 'orders' | 'cancellation' | 'process-status';

export type FaultRule = {
  readonly fault: Fault;
  /** Every resource, where it is left out. */
  readonly resource?: Resource;
  /** Until it is healed, where it is left out. */
  readonly times?: number;
  /** So many of such requests meet nothing before. */
  readonly after?: number;
};

export type Faults = {
  /** Returns what heals it. */
  readonly add: (rule: FaultRule) => () => void;
  readonly heal: () => void;
};

export type FaultBook = Faults & {
  /** What a request meets. Takes one of a rule's times. */
  readonly take: (resource: Resource) => readonly Fault[];
};

type Entry = { readonly rule: FaultRule; spared: number; left: number };

export const createFaultBook = (): FaultBook => {
  const entries = new Set<Entry>();
  const use = (entry: Entry): readonly Fault[] => {
    entry.spared -= 1;
    if (entry.spared >= 0) return [];
    entry.left -= 1;
    if (entry.left <= 0) entries.delete(entry);
    return [entry.rule.fault];
  };
  return {
    add: (rule) => {
      const entry = { rule, spared: rule.after ?? 0, left: rule.times ?? Infinity };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    heal: () => entries.clear(),
    take: (resource) =>
      [...entries].filter(({ rule }) => (rule.resource ?? resource) === resource).flatMap((entry) => use(entry)),
  };
};
