export type { Capabilities } from './port/capabilities.js';
export type * from './port/channel-port.js';
export type * from './port/order-snapshot.js';
export { isTransient, type Answer, type Trouble, type TroubleKind } from './port/trouble.js';
export {
  flagUnfit,
  type Given,
  type StateNames,
  statesUnfit,
  strangerUnfit,
  type Unfit,
  unfit,
  wholeUnfit,
} from './settings/judge.js';
export {
  isUnsent,
  isWanted,
  keepsIssue,
  type MappedMeaning,
  meaningBy,
  type StateMeaning,
  type StateOverrides,
  unmappedIn,
} from './settings/states.js';
export { movedOnly, movesByRow, unitsByRow } from './order/by-row.js';
export { type LineChange, lineChanges, newIn } from './order/line-changes.js';
export { lineCounts, soldIds, unitsOfLine } from './order/line-units.js';
export { type OrderDates, orderDatesOf } from './port/order-dates.js';
export { heldUntil } from './order/held-until.js';
export { orderKeyOf } from './order/order-key.js';
export { cancelBy } from './port/cancel-by.js';
export { orderBy, withFound } from './port/order-by.js';
export {
  answerByRow,
  checkWrite,
  type RowFault,
  type RowVerdict,
  type RowWriter,
  setRows,
  writeBy,
} from './port/set-rows.js';
export type { BatchOutcome } from './port/send-batches.js';
export { createShopRows, type ReadRows, type ShopRows } from './port/shop-rows.js';
export { groupedBy } from './port/grouped-by.js';
export { surveyBy, surveyed, type SurveyPart } from './port/survey-by.js';
export { surveyWebhooks, type Webhook } from './port/survey-webhooks.js';
export { type NumberedRow, type SequenceList, sourceBySequence } from './feed/by-sequence.js';
export { type ChangedOrder, type ChangeList, sourceByTime } from './feed/by-time.js';
export { ordersSinceBy } from './feed/orders-since.js';
export type { FeedSource, SourceReading } from './feed/source.js';
export { headerOf, type Headers } from './hints/message.js';
export { verifyModuleMessageWith } from './hints/module-message.js';
export { verifyMessagesBy } from './hints/own-message.js';
export * from './row/number-set.js';
export { inDoubtUntil, understood, withMovement, withWrite } from './row/row-history.js';
export type { Millis, Movement, Reading, RowHistory, RowWrite, Span } from './row/row-history.js';
export { checksAfterMillis, heard, movedBy, movementsMax, newRecord, released, wrote } from './row/row-record.js';
export type { Announced, Hold, RowRecord } from './row/row-record.js';
export { isDue, lookAt, secondLookAt, type Around, type Evidence, type Look } from './row/look.js';
export { expectedOf } from './row/expected.js';
export { causeOf, distanceFrom, type Cause } from './row/cause.js';
export { targetOf, type Range, type Shown, type Unspent } from './push/target.js';
export { decideWrite, type Situation, type WriteDecision } from './push/decide-write.js';
export { judgeReading, type Verdict } from './push/verdict.js';
export { batchesOf, busyRowsMax, type DueWrite, type WriteBatch } from './push/order-of-writes.js';
export { defaultBounds, initialPace, pacedBy, restAfter, type Pace, type PaceBounds } from './pace/pace.js';
export { dailyWindowOf, isWithin, type DailyWindow } from './pace/daily-window.js';
export {
  decideDrift,
  driftAfter,
  driftLimits,
  isSuspect,
  type DriftDecision,
  type DriftFinding,
  type DriftRecord,
  type Sample,
} from './drift/drift.js';
export { computes, hundredthOf, refuseStep, rungs, takesOrders, writes } from './ladder/ladder.js';
export type { Canary, Ladder, LadderRefusal, Rung } from './ladder/ladder.js';
