/** What goes wrong, and when. `Fault` is what a server can do wrong; `Resource` what its requests are about. */
export type FaultRule<Fault, Resource extends string = string> = {
  readonly fault: Fault;
  /** Every resource, where it is left out. */
  readonly resource?: Resource;
  readonly method?: string;
  /** Until it is healed, where it is left out. */
  readonly times?: number;
  /** So many of such requests meet nothing before. */
  readonly after?: number;
};

export type Faults<Fault, Resource extends string = string> = {
  /** Returns what heals it. */
  readonly add: (rule: FaultRule<Fault, Resource>) => () => void;
  readonly heal: () => void;
  /** Requests that wait for `release`, those among them that nobody waits for. */
  readonly held: () => number;
  /** Lets every held request go on. */
  readonly release: () => void;
};

type Asked = { readonly resource: string; readonly method: string };

export type FaultBook<Fault, Resource extends string = string> = Faults<Fault, Resource> & {
  /** What a request meets. Takes one of a rule's times. */
  readonly take: (asked: Asked) => readonly Fault[];
  readonly hold: () => Promise<void>;
};

type Entry<Fault> = { readonly rule: FaultRule<Fault>; spared: number; left: number };

export const createFaultBook = <Fault, Resource extends string = string>(): FaultBook<Fault, Resource> => {
  const entries = new Set<Entry<Fault>>();
  const waiting = new Set<() => void>();
  const release = (): void => {
    const released = [...waiting];
    waiting.clear();
    released.forEach((go) => go());
  };
  return {
    add: (rule) => {
      const entry = { rule, spared: rule.after ?? 0, left: rule.times ?? Infinity };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    heal: () => {
      entries.clear();
      release();
    },
    held: () => waiting.size,
    release,
    take: (asked) => [...entries].filter(({ rule }) => meets(rule, asked)).flatMap((entry) => use(entries, entry)),
    hold: () => new Promise((resolve) => void waiting.add(resolve)),
  };
};

const meets = (rule: FaultRule<unknown>, { resource, method }: Asked): boolean =>
  (rule.resource ?? resource) === resource && (rule.method ?? method) === method;

const use = <Fault>(entries: Set<Entry<Fault>>, entry: Entry<Fault>): readonly Fault[] => {
  entry.spared -= 1;
  if (entry.spared >= 0) return [];
  entry.left -= 1;
  if (entry.left <= 0) entries.delete(entry);
  return [entry.rule.fault];
};
