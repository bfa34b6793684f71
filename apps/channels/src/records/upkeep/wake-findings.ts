import type { Clock } from '#event-sourcing';
import type { Alerts } from '../../contracts/index.js';
import type { KeptFinding, KeptFindings } from '../findings/findings.js';

type Parts = {
  readonly findings: Pick<KeptFindings, 'woken' | 'wake'>;
  readonly alerts: Alerts;
  readonly clock: Pick<Clock, 'now'>;
};

/** Findings whose rest has ended are somebody's work again, some at a time. */
export const wakeFindings = async ({ findings, alerts, clock }: Parts): Promise<void> => {
  const now = clock.now();
  for (const finding of await findings.woken(now)) {
    // First the alert: after a crash in between it is raised once more, and never forgotten.
    await alerts.raise(alertOf(finding));
    await findings.wake(finding.id, now);
  }
};

const alertOf = ({ id, channel, row, sku, units, read }: KeptFinding) => ({
  ...{ channel, code: 'drift_held', subject: row, level: 'ticket' as const },
  detail: `The row ${row} of ${sku} showed ${read}, ${units} less than anything explains; it does not rise meanwhile`,
  verb: `drift resolve ${id}`,
});
