/** What goes wrong. Whether the shop has done what it was asked before that is part of each. */
export type Fault =
  /** Done at once, answered later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Accepted and never answered. */
  | { readonly kind: 'silence'; readonly commits: boolean }
  /** Not begun before `release`, however long ago the client has gone: a late write. */
  | { readonly kind: 'hold' }
  /** The connection is reset at once; what was asked for begins with `release`: a write that comes when its client has long given it up. */
  | { readonly kind: 'late' }
  /** Done, and answered with 500 and nothing else. */
  | { readonly kind: 'error_after_commit' }
  /** Nothing done; a page for people, as a cache or a firewall before the shop has it. */
  | { readonly kind: 'html'; readonly status: number }
  /** Nothing done; the page of a shop in maintenance. */
  | { readonly kind: 'maintenance' }
  /** The connection is reset in place of an answer. */
  | { readonly kind: 'reset'; readonly commits: boolean };

export type FaultRule = {
  readonly fault: Fault;
  /** `products`, `orders`, `variations`; every one, where it is left out. */
  readonly resource?: string;
  readonly method?: string;
  /** Until it is healed, where it is left out. */
  readonly times?: number;
};

export type Faults = {
  /** Returns what heals it. */
  readonly add: (rule: FaultRule) => () => void;
  readonly heal: () => void;
  /** Requests that wait for `release`, those among them that nobody waits for. */
  readonly held: () => number;
  /** Lets every held request go on. */
  readonly release: () => void;
};

export type FaultBook = Faults & {
  /** What a request meets. Takes one of a rule's times. */
  readonly take: (asked: { readonly resource: string; readonly method: string }) => readonly Fault[];
  readonly hold: () => Promise<void>;
};

type Entry = { readonly rule: FaultRule; left: number };

export const createFaultBook = (): FaultBook => {
  const entries = new Set<Entry>();
  const waiting = new Set<() => void>();
  const release = (): void => {
    const released = [...waiting];
    waiting.clear();
    released.forEach((go) => go());
  };
  return {
    add: (rule) => {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    heal: () => {
      entries.clear();
      release();
    },
    held: () => waiting.size,
    release,
    take: (asked) => [...entries].filter(({ rule }) => meets(rule, asked)).map((entry) => use(entries, entry)),
    hold: () => new Promise((resolve) => void waiting.add(resolve)),
  };
};

const meets = (
  rule: FaultRule,
  { resource, method }: { readonly resource: string; readonly method: string },
): boolean => (rule.resource ?? resource) === resource && (rule.method ?? method) === method;

const use = (entries: Set<Entry>, entry: Entry): Fault => {
  entry.left -= 1;
  if (entry.left <= 0) entries.delete(entry);
  return entry.rule.fault;
};
