import type { Cause, Evidence } from '#channel-kit';
import type { SyncEntry } from '../../contracts/index.js';

/** Findings of one kind and cause. */
export type FindingCount = {
  readonly kind: Evidence['kind'];
  readonly cause: Cause;
  readonly findings: number;
  readonly units: number;
  readonly unitSeconds: number;
  /** Of which nobody knows for how long the units stood there. */
  readonly ofUnknownTime: number;
};

export type AttemptCount = {
  readonly operation: string;
  readonly outcome: SyncEntry['outcome'];
  readonly attempts: number;
};

/** A day of a channel. */
export type ChannelReport = {
  readonly channel: string;
  /** In UTC: `2026-03-01`. */
  readonly day: string;
  /** Rows that were written, and those that would have been, were the channel further up its ladder. */
  readonly written: number;
  readonly wouldPush: number;
  /** Every attempt by what it was and what became of it. */
  readonly attempts: readonly AttemptCount[];
  /** Findings by their cause. */
  readonly above: Readonly<Partial<Record<Cause, number>>>;
  readonly below: Readonly<Partial<Record<Cause, number>>>;
  readonly raised: number;
  readonly held: number;
  /**
   * How long units stood in rows above the truth, counted from the last reading that was as expected: at the longest.
   * `ofUnknownTime` findings are not in it.
   */
  readonly aboveTruth: { readonly unitSecondsMax: number; readonly findings: number; readonly ofUnknownTime: number };
  /** Now, whatever the day. */
  readonly now: { readonly heldRows: number; readonly openAlerts: number };
};

type Counts = {
  readonly channel: string;
  readonly day: string;
  readonly findings: readonly FindingCount[];
  readonly attempts: readonly AttemptCount[];
  readonly waiting: { readonly held: number; readonly alerts: number };
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** What the counts say. */
export const reportOf = ({ channel, day, findings, attempts, waiting }: Counts): ChannelReport => {
  const of = (kind: Evidence['kind']): readonly FindingCount[] => findings.filter((one) => one.kind === kind);
  const countOf = (counts: readonly FindingCount[]): number => sumOf(counts.map((one) => one.findings));
  const byCause = (kind: Evidence['kind']) => Object.fromEntries(of(kind).map((one) => [one.cause, one.findings]));
  const done = (operation: string): number =>
    sumOf(attempts.filter((one) => one.operation === operation && one.outcome === 'done').map((one) => one.attempts));
  return {
    ...{ channel, day, written: done('write_stock'), wouldPush: done('would_push'), attempts },
    ...{ above: byCause('above'), below: byCause('below') },
    ...{ raised: countOf(of('drift_raised')), held: countOf(of('drift_held')) },
    aboveTruth: {
      unitSecondsMax: sumOf(of('above').map((one) => one.unitSeconds)),
      findings: countOf(of('above')),
      ofUnknownTime: sumOf(of('above').map((one) => one.ofUnknownTime)),
    },
    now: { heldRows: waiting.held, openAlerts: waiting.alerts },
  };
};
