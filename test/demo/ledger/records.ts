import type { Alerts, Findings, SyncLog } from '#apps/channels';

/** What the workers said, counted. */
export type Records = {
  readonly ports: { readonly log: SyncLog; readonly alerts: Alerts; readonly findings: Findings };
  readonly trouble: (text: string) => void;
  readonly writes: (channel: string) => number;
  /** Readings that nobody expected, by their cause. */
  readonly causes: () => Readonly<Record<string, number>>;
  /** The newest alerts and troubles, each once. */
  readonly said: () => readonly string[];
};

const saidMax = 20;

export const createRecords = (): Records => {
  const writes = new Map<string, number>();
  const causes: Record<string, number> = {};
  const said = new Set<string>();
  const trouble = (text: string): void => {
    if (said.size < saidMax) said.add(text);
  };
  return {
    trouble,
    writes: (channel) => writes.get(channel) ?? 0,
    causes: () => ({ ...causes }),
    said: () => [...said],
    ports: {
      log: {
        write: (entries) => {
          for (const { channel, operation, outcome } of entries)
            if (operation === 'write_stock' && outcome === 'done') writes.set(channel, (writes.get(channel) ?? 0) + 1);
          return Promise.resolve();
        },
      },
      alerts: {
        raise: ({ channel, code, detail }) => Promise.resolve(trouble(`${channel} ${code}: ${detail}`)),
        settle: () => Promise.resolve(),
      },
      findings: {
        note: (findings) => {
          for (const { cause } of findings) causes[cause] = (causes[cause] ?? 0) + 1;
          return Promise.resolve();
        },
      },
    },
  };
};
