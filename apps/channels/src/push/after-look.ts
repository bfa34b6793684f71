import { secondLookAt, wrote, type Look, type Millis, type Reading, type RowRecord, type RowWrite } from '#channel-kit';
import type { Finding } from '../contracts/index.js';
import { believedOf } from '../intake/take-in.js';
import type { SavedRow } from '../store/index.js';
import type { AimedRow } from './aim.js';

/** A row that was read and judged. */
export type LookedRow = { readonly aimed: AimedRow; readonly reading: Reading; readonly look: Look };

/** When a row has its turn again by itself: checks of what was written, rests that end, and units that were missing once. */
export const nextTurn = (record: RowRecord): Millis | undefined => {
  const { checks, restsUntil = secondLookAt(record) } = record;
  const moments = [
    ...checks,
    ...(restsUntil === undefined || restsUntil === Number.MAX_SAFE_INTEGER ? [] : [restsUntil]),
  ];
  return moments.length === 0 ? undefined : Math.min(...moments);
};

/** A row as it is kept. @param dueAt where it is not what the record says */
export const savedRow = (
  { row, heard, releasedAt, readBy, target, wouldPush }: AimedRow,
  record: RowRecord,
  dueAt: Millis | undefined = nextTurn(record),
): SavedRow => ({
  ...{ row, record, heard, releasedAt, called: readBy, wouldPush, dueAt },
  ...{ readBy: undefined, readAt: record.history?.base.span.from },
  ...{ believed: believedOf(record), wanted: target },
});

/** Moments that have passed without anything to do: with them the row would be due again at once, and for ever. */
const withoutPast = (record: RowRecord, now: Millis): RowRecord => ({
  ...record,
  checks: record.checks.filter((at) => at > now),
  restsUntil: record.restsUntil !== undefined && record.restsUntil > now ? record.restsUntil : undefined,
});

/** A row of which there was nothing to read keeps the moment at which it is to be read. */
export const quietRow = (aimed: AimedRow, now: Millis): SavedRow => ({
  ...savedRow(aimed, withoutPast(aimed.record, now)),
  readBy: aimed.readBy,
});

/** Noted before it is sent: whatever becomes of us, the write may stand. */
export const intentOf = ({ look }: LookedRow, value: number, now: Millis, requestMillisMax: number): RowRecord =>
  wrote(look.record, { value, span: { from: now, to: now + requestMillisMax }, outcome: 'unknown' }, now);

/** Noted with its answer, or with none. @param now when that was known */
export const answeredOf = ({ look }: LookedRow, write: RowWrite, now: Millis): RowRecord =>
  wrote(look.record, write, now);

/** What nobody expected, for people. */
export const findingOf = (
  channel: string,
  { aimed, look: { evidence, decision } }: LookedRow,
  at: Millis,
): readonly Finding[] => {
  const base = aimed.record.history?.base;
  return evidence === undefined
    ? []
    : [
        {
          ...evidence,
          ...{ channel, row: aimed.row, sku: aimed.sku, target: aimed.target, at },
          ...(base !== undefined && { since: base.span.to }),
          written: decision.kind === 'write' ? decision.value : undefined,
        },
      ];
};
