import type { Clock } from '#event-sourcing';
import type { Pool } from '#postgres';
import { createAlerts } from './alerts/postgres-alerts.js';
import type { AlertSink, KeptAlerts } from './alerts/alerts.js';
import type { KeptFindings } from './findings/findings.js';
import { createFindings } from './findings/postgres-findings.js';
import { createReports, type Reports } from './report/postgres-reports.js';
import type { ResolutionPorts } from './resolutions/ports.js';
import { createResolutionDesk, type ResolutionDesk } from './resolutions/resolution-desk.js';
import { createResolutionStore } from './resolutions/resolution-store.js';
import type { KeptSyncLog } from './sync-log/sync-log.js';
import { createSyncLog } from './sync-log/postgres-sync-log.js';
import { trimRecords } from './upkeep/trim-records.js';
import { wakeFindings } from './upkeep/wake-findings.js';

export type RecordsOptions = {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly sink: AlertSink;
  readonly ports: ResolutionPorts;
  /** Told of what is tried again: a database that is away, a sink that rejects. */
  readonly onTrouble: (error: unknown) => void;
};

/** What is kept of channels, and what people do with it. */
export type Records = {
  readonly syncLog: KeptSyncLog;
  readonly alerts: KeptAlerts;
  readonly findings: KeptFindings;
  readonly desk: ResolutionDesk;
  readonly reports: Reports;
  /** Ends the upkeep; what it was about to do it finishes. */
  readonly stop: () => Promise<void>;
};

/** Rest between two looks for untold alerts, woken findings and resolutions that were cut off, and between pieces of a trim. */
const upkeepMillis = 5_000;

/** Opens the records and keeps them up until stopped. Any number of processes may. */
export const startRecords = ({ pool, clock, sink, ports, onTrouble }: RecordsOptions): Records => {
  const syncLog = createSyncLog(pool);
  const alerts = createAlerts({ pool, clock, sink, onTrouble });
  const findings = createFindings(pool);
  const resolutions = createResolutionStore(pool);
  const desk = createResolutionDesk({ findings, resolutions, alerts, ports, clock, onTrouble });
  const stopping = new AbortController();
  const tasks = [
    () => desk.carryOn(),
    () => wakeFindings({ findings, alerts, clock }),
    () => alerts.tellUntold(),
    () => trimRecords(pool, clock.now()),
  ];
  const upkeep = keepUp(tasks, clock, onTrouble, stopping.signal);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await upkeep;
    await alerts.tellUntold();
  };
  return { syncLog, alerts, findings, desk, reports: createReports(pool), stop };
};

const keepUp = async (
  tasks: readonly (() => Promise<unknown>)[],
  clock: Pick<Clock, 'sleep'>,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    for (const task of tasks) await task().catch(onTrouble);
    await clock.sleep(upkeepMillis, signal);
  }
};
