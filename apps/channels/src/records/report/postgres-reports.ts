import { instantOf, millisOf } from '#event-sourcing';
import { prepared, type Pool } from '#postgres';
import { reportOf, type AttemptCount, type ChannelReport, type FindingCount } from './channel-report.js';
import { sql } from './statements.js';

/** Reports of channels. */
export type Reports = {
  /** @param day in UTC: `2026-03-01` */
  readonly report: (channel: string, day: string) => Promise<ChannelReport>;
};

const dayMillis = 86_400_000;

/** Reports out of sync log, findings and alerts. */
export const createReports = (pool: Pool): Reports => ({
  report: async (channel, day) => {
    const from = `${day}T00:00:00.000Z`;
    const time = [channel, from, instantOf(millisOf(from) + dayMillis)];
    const findings = await pool.query<FindingCount>(prepared(sql['count-findings'], time));
    const attempts = await pool.query<AttemptCount>(prepared(sql['count-attempts'], time));
    const waiting = await pool.query<{ held: number; alerts: number }>(prepared(sql['count-waiting'], [channel]));
    const [counted = { held: 0, alerts: 0 }] = waiting.rows;
    return reportOf({ channel, day, findings: findings.rows, attempts: attempts.rows, waiting: counted });
  },
});
