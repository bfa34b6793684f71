export { recordsModule } from './module.js';
export { startRecords, type Records, type RecordsOptions } from './start-records.js';
export { expositionOf, expositionType } from './alerts/exposition.js';
export { logSink } from './alerts/log-sink.js';
export { alertStates, type AlertSink, type AlertState, type KeptAlert, type KeptAlerts } from './alerts/alerts.js';
export {
  findingStates,
  type FindingsAsked,
  type FindingState,
  type KeptFinding,
  type KeptFindings,
} from './findings/findings.js';
export { adjustInLedger, AdjustmentUndecidedError, type ReportAdjustment } from './resolutions/adjust-in-ledger.js';
export type { Adjusted, Adjustment, ResolutionPorts } from './resolutions/ports.js';
export type { ResolutionDesk, Resolved } from './resolutions/resolution-desk.js';
export { sayings, type Effect, type Plan, type ResolutionRefusal, type Saying } from './resolutions/resolution.js';
export type { ChannelReport } from './report/channel-report.js';
export type { Reports } from './report/postgres-reports.js';
export type { EntriesAsked, KeptSyncLog, LoggedEntry, WholeEntry } from './sync-log/sync-log.js';
