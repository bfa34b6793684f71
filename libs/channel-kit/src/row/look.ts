import { decideDrift, driftAfter, samplesApartMillisMin, type DriftRecord } from '../drift/drift.js';
import { decideWrite, type WriteDecision } from '../push/decide-write.js';
import { judgeReading } from '../push/verdict.js';
import type { Cause } from './cause.js';
import { expectedOf } from './expected.js';
import { mapped, type NumberSet } from './number-set.js';
import { certainOf, isAmbiguous, isMadeUp, lackOf, unlessTakenMore, type Owing } from './owing.js';
import { inDoubtUntil, understood, type Millis, type Reading, type RowHistory } from './row-history.js';
import type { Hold, RowRecord } from './row-record.js';

/** What stands around a row when it is looked at; its feed was read just before the row. */
export type Around = {
  /** What the row should show, by the newest announcement. Units of the listing. */
  readonly target: number;
  /** Sales that the feed brought and the ledger has not confirmed. */
  readonly unconfirmed: number;
  readonly isFeedStale: boolean;
  /** When the last reading of the feed began that was whole: what was sold before has been told. */
  readonly feedWholeAt: Millis;
  /** What drift has cost the channel today; of the row itself its record knows. */
  readonly channel: Omit<DriftRecord, 'raisedAt'>;
  readonly now: Millis;
};

/** What a person may want to see of a look: figures that nobody expected, with what they were and what became of them. */
export type Evidence = {
  readonly kind: 'above' | 'below' | 'drift_raised' | 'drift_held';
  readonly units: number;
  readonly cause: Cause;
  readonly read: number;
  readonly expected: NumberSet;
  readonly hold?: Hold;
};

export type Look = {
  readonly record: RowRecord;
  readonly decision: WriteDecision;
  readonly evidence: Evidence | undefined;
};

/** What a reading means. `lack`: units that are missing and that nobody has explained, those found earlier among them. */
type Judged = {
  readonly record: RowRecord;
  readonly lack: Owing | undefined;
  readonly evidence: Evidence | undefined;
};

/** The row as it was read is where we go on from. */
const rebased = (record: RowRecord, history: RowHistory, reading: Reading): RowRecord => ({
  ...record,
  ...{ history: understood(history, reading), sample: undefined },
});

type Lacking = {
  readonly lack: Owing;
  /** What the row might have shown, had the units not been missing. */
  readonly expected: NumberSet;
  readonly reading: Reading;
};

/** Nothing is missing any more. */
const cleared = (record: RowRecord, history: RowHistory, reading: Reading, evidence?: Evidence): Judged => ({
  record: { ...rebased(record, history, reading), owing: undefined },
  lack: undefined,
  evidence,
});

/**
 * Units are missing. Twice the same is drift: raised if it is little, left to a person if it is not. Undefined: it would be, and
 * none of them is missing for certain.
 */
const judgeLack = (
  record: RowRecord,
  history: RowHistory,
  { lack, expected, reading }: Lacking,
  { channel, now, isFeedStale }: Around,
): Judged | undefined => {
  const { units, cause } = lack;
  const evidence = { units, cause, read: reading.value, expected };
  const isQuiet = !isFeedStale && inDoubtAt(history, now) === undefined;
  const finding = isQuiet ? driftAfter(record.sample, units, now) : ({ kind: 'none' } as const);
  if (finding.kind !== 'drift' || record.hold !== undefined) {
    const sample = finding.kind === 'watching' ? finding.since : record.sample;
    return { record: { ...record, sample }, lack, evidence: { kind: 'below', ...evidence } };
  }
  if (certainOf(lack) === 0) return undefined;
  const decision = decideDrift(units, reading.value + units, { ...channel, raisedAt: record.raisedAt }, now);
  if (decision.kind === 'hold')
    return {
      record: { ...record, hold: decision.why },
      lack,
      evidence: { kind: 'drift_held', ...evidence, hold: decision.why },
    };
  const raised = cleared(record, history, reading, { kind: 'drift_raised', ...evidence });
  return { ...raised, record: { ...raised.record, raisedAt: [...record.raisedAt, now] } };
};

/** The feed has told what was sold so long ago, and of nothing that it may be taken for. */
const isTold = ({ at }: Owing, history: RowHistory, { feedWholeAt }: Around): boolean =>
  !isAmbiguous(history) && at !== undefined && feedWholeAt - at >= feedAgainMillis;

/**
 * The row shows what it may, by what the shop took once or twice for an order. As likely is that it took it once, and has sold what
 * nobody has told of: this is missing until the feed has been read once more.
 */
const judgePlain = (record: RowRecord, history: RowHistory, reading: Reading, { now }: Around): Judged => {
  const plain = cleared(record, history, reading);
  const units = unlessTakenMore(history, reading.value);
  if (units === 0) return plain;
  const lack: Owing = { units, cause: 'unknown', certain: 0, at: now };
  return { ...plain, record: { ...plain.record, owing: lack }, lack };
};

/**
 * What was missing before is missing still, but for what the shop has told of since. Where it has told of enough if one of our
 * writes came, and of too little if it did not, that write came: no other sale can be untold by then.
 */
const judgeUnderstood = (record: RowRecord, history: RowHistory, reading: Reading, around: Around): Judged => {
  const { owing, sample } = record;
  if (owing === undefined) return judgePlain(record, history, reading, around);
  const { most, least } = lackOf(history, reading.value, owing);
  const certain = Math.min(certainOf(owing), least);
  const units = isTold(owing, history, around) ? certain : Math.min(owing.units, most);
  if (units === 0) return cleared(record, history, reading);
  const lack = { ...owing, units, certain };
  const expected = mapped(expectedOf(history), (value) => value + units);
  const next = { ...rebased(record, history, reading), sample, owing: lack };
  const judged = judgeLack(next, history, { lack, expected, reading }, around) ?? cleared(record, history, reading);
  return certain > 0 ? judged : { ...judged, evidence: undefined };
};

const judge = (record: RowRecord, reading: Reading, around: Around): Judged => {
  const { history, owing } = record;
  if (history === undefined) {
    const begun = { base: reading, writes: [], movements: [] };
    return { record: { ...record, history: begun }, lack: undefined, evidence: undefined };
  }
  const verdict = judgeReading(history, reading.value);
  if (verdict.kind === 'understood') return judgeUnderstood(record, history, reading, around);
  const { kind, units, cause } = verdict;
  const owed = owing?.units ?? 0;
  if (owed > 0 && isMadeUp(history, reading.value, owed)) return cleared(record, history, reading);
  const expected = mapped(expectedOf(history), (value) => value + owed);
  const above: Evidence = { kind: 'above', units, cause, read: reading.value, expected };
  const { most, least } = lackOf(history, reading.value, owing);
  const below = kind === 'below' ? units : 0;
  const missing = Math.max(most, below > 0 ? below + owed : 0);
  if (missing === 0) return cleared(record, history, reading, above);
  const certain = Math.max(least, below > 0 ? below + certainOf(owing) : 0);
  const lack = { units: missing, cause, certain, at: around.now };
  return judgeLack(record, history, { lack, expected, reading }, around) ?? cleared(record, history, reading, above);
};

/** Whatever is written hides what was missing before it: from then on it is kept beside the row. */
const owedFor = (record: RowRecord, lack: Owing | undefined, reading: Reading): RowRecord => {
  const { history, sample } = record;
  if (lack === undefined || history === undefined) return record;
  return { ...rebased(record, history, reading), sample, owing: lack };
};

const inDoubtAt = (history: RowHistory, now: Millis): Millis | undefined => {
  const until = inDoubtUntil(history);
  return until !== undefined && until > now ? until : undefined;
};

/** Nothing is gained by looking earlier, unless something is heard of the row. */
const restOf = (
  decision: WriteDecision,
  { hold, owing }: RowRecord,
  history: RowHistory,
  now: Millis,
): Millis | undefined => {
  if (decision.kind !== 'wait') return undefined;
  if (hold !== undefined && decision.for === 'explanation') return Number.MAX_SAFE_INTEGER;
  const isCertain = owing === undefined || certainOf(owing) > 0;
  const rests = {
    explanation: now + (isCertain ? samplesApartMillisMin : feedAgainMillis),
    answer: inDoubtAt(history, now) ?? now,
    feed: now + feedAgainMillis,
    person: Number.MAX_SAFE_INTEGER,
  };
  return rests[decision.for];
};

/** The feed is read so often. */
const feedAgainMillis = 5_000;

/**
 * A look at a row, after its feed was read: what the reading says, what is written now, and what is kept for the next look.
 * The write itself is the caller's, one at a time for each row.
 */
export const lookAt = (before: RowRecord, reading: Reading, around: Around): Look => {
  const { target, unconfirmed, isFeedStale, now } = around;
  const { record, lack, evidence } = judge(before, reading, around);
  const history = record.history as RowHistory;
  // The feed was read before the row: what was sold between the two no first reading can tell from stock that is missing.
  const isFirst = before.history === undefined;
  const decision = decideWrite({
    ...{ target, unconfirmed, missing: lack?.units ?? 0, read: reading.value },
    isFeedStale: isFeedStale || isFirst,
    isInDoubt: inDoubtAt(history, now) !== undefined,
    areRisesHeld: record.hold !== undefined,
  });
  const kept = decision.kind === 'write' ? owedFor(record, lack, reading) : record;
  const checks = record.checks.filter((at) => at > now);
  return { record: { ...kept, checks, restsUntil: restOf(decision, kept, history, now) }, decision, evidence };
};

/** When missing units are looked at a second time: nothing else may happen to the row; undefined: none are, or a person is asked. */
export const secondLookAt = ({ sample, hold }: RowRecord): Millis | undefined =>
  sample === undefined || hold !== undefined ? undefined : sample.at + samplesApartMillisMin;

/**
 * Whether a row is to be looked at: it shows, or may show, something else than it should, or it is time to check. One that lacks
 * units is expected to show what it should, and does not.
 */
export const isDue = (record: RowRecord, target: number, now: Millis): boolean => {
  if (record.history === undefined) return true;
  if (record.checks.some((at) => at <= now)) return true;
  if (record.restsUntil !== undefined) return record.restsUntil <= now;
  if ((secondLookAt(record) ?? Infinity) <= now) return true;
  const expected = expectedOf(record.history);
  return expected === 'unknown' || expected.some((value) => value !== target && !(target <= 0 && value <= 0));
};
