import type { Sample } from '../drift/drift.js';
import type { Shown } from '../push/target.js';
import type { Millis, Movement, RowHistory, RowWrite } from './row-history.js';
import type { Owing } from './owing.js';
import { withMovement, withWrite } from './row-history.js';

/** What the ledger said of the row's SKU last. Higher sequences are newer; an older one is dropped, never written. */
export type Announced = Shown & { readonly sequence: number };

/** Why rises wait for a person. */
export type Hold = 'too_much' | 'again_and_again' | 'budget_spent' | 'shop_suspect';

/** All that is kept of a row between two looks at it. Plain JSON. */
export type RowRecord = {
  readonly row: string;
  readonly announced: Announced | undefined;
  /** Undefined until the row was read for the first time. */
  readonly history: RowHistory | undefined;
  /** When the row is to be read again because of what was written into it, soonest first. */
  readonly checks: readonly Millis[];
  /** Units are missing, once so far. */
  readonly sample: Sample | undefined;
  /** Units are missing that the row does not tell of any more: something was written into it meanwhile. */
  readonly owing: Owing | undefined;
  readonly hold: Hold | undefined;
  /** When drift was corrected by a rise, oldest first. */
  readonly raisedAt: readonly Millis[];
  /** A rise could not be written: the row is not looked at before, unless something new is heard of it. */
  readonly restsUntil: Millis | undefined;
};

export const newRecord = (row: string): RowRecord => ({
  ...{ row, announced: undefined, history: undefined, checks: [], sample: undefined },
  ...{ owing: undefined, hold: undefined, raisedAt: [], restsUntil: undefined },
});

/** An announcement, applied if it is newer than what is known. */
export const heard = (record: RowRecord, announced: Announced): RowRecord =>
  announced.sequence <= (record.announced?.sequence ?? Number.NEGATIVE_INFINITY)
    ? record
    : { ...record, announced, restsUntil: undefined };

/** Movements that are kept of a row whose base cannot be renewed; more of them explain anything. */
export const movementsMax = 200;

const bounded = (history: RowHistory): RowHistory => {
  if (history.movements.length <= movementsMax) return history;
  const [first] = history.movements;
  const last = history.movements.at(-1);
  if (first === undefined || last === undefined) return history;
  return { ...history, movements: [{ span: { from: first.span.from, to: last.span.to }, moved: 'unknown' }] };
};

/**
 * The shop itself moved the row. Before its first reading that is part of what will be read. It may be what was missing: as many
 * units that are missing now are not those of then.
 */
export const movedBy = (record: RowRecord, movement: Movement): RowRecord =>
  record.history === undefined
    ? record
    : {
        ...record,
        history: bounded(withMovement(record.history, movement)),
        sample: record.sample && movement.span.from < record.sample.at ? undefined : record.sample,
        restsUntil: undefined,
      };

/** A row is read again so long after a write: at once, and when nothing that was under way with it can still come. */
export const checksAfterMillis = [2_000, 60_000] as const;

/** A request that nobody has answered may come at any moment until its end: so long after it was sent it is looked for, too. */
const unansweredAfterMillis = [20_000, 40_000] as const;

/** When a write without an answer is looked for: also where the row was written again since. */
const looksFor = ({ outcome, span }: RowWrite): readonly Millis[] =>
  outcome === 'unknown' ? [...unansweredAfterMillis.map((millis) => span.from + millis), span.to] : [];

/** A write has been answered, or has not. @param now when that was known */
export const wrote = (record: RowRecord, write: RowWrite, now: Millis): RowRecord => {
  if (record.history === undefined) throw new Error('A row is read before it is written');
  const history = withWrite(record.history, write);
  const looks = [...checksAfterMillis.map((millis) => now + millis), ...history.writes.flatMap(looksFor)];
  const checks = [...new Set(looks)].filter((at) => at > now).toSorted((a, b) => a - b);
  return { ...record, history, checks, restsUntil: undefined };
};

/**
 * A person has said what is right: rises are written again. Whatever the row shows next is where we go on from, or the units
 * that were missing would be missing still, and the row held once more.
 */
export const released = (record: RowRecord, now: Millis): RowRecord => ({
  ...record,
  ...{ hold: undefined, sample: undefined, owing: undefined, restsUntil: undefined, raisedAt: [] },
  history: record.history && withMovement(record.history, anythingUntil(record.history, now)),
});

const anythingUntil = ({ base }: RowHistory, now: Millis): Movement => ({
  span: { from: base.span.from, to: now },
  moved: 'unknown',
});
