import { type Transition } from './states.js';
import { type HistoryRow, type OrderView } from './views.js';

/** One way in which an order may have come through its states between two readings. */
export type Path = {
  /** The state it was made in, when it was made between the readings. */
  readonly madeIn: number | undefined;
  /** The state before the first transition. */
  readonly start: number;
  readonly transitions: readonly Transition[];
};

/** Four changes that race each other come to 24 ways, five to 120. Beyond it the order says nothing of its rows. */
export const pathsMax = 64;

/**
 * Two requests that run at the same moment both start from the state before either. Their rows then carry the same second
 * or the next one: a date of the shop has no smaller part.
 */
const raceSecondsMax = 1;

const byId = (a: HistoryRow, b: HistoryRow): number => a.id - b.id;

/** Rows of both readings: a row that somebody deleted still says from where the next change started. */
const rowsOf = (before: OrderView | undefined, after: OrderView): readonly HistoryRow[] => {
  const rows = new Map([...(before?.history ?? []), ...after.history].map((row) => [row.id, row]));
  return [...rows.values()].sort(byId);
};

/** The states from which the change to the row at `index` may have started: that of the row before, and what it may have raced. */
const originsOf = (rows: readonly HistoryRow[], index: number): readonly number[] => {
  const row = rows[index];
  const origins: number[] = [];
  for (let at = index - 1; at >= 0; at -= 1) {
    const earlier = rows[at];
    if (row === undefined || earlier === undefined) break;
    origins.push(earlier.stateId);
    if (row.addedAtSeconds - earlier.addedAtSeconds > raceSecondsMax) break;
  }
  return [...new Set(origins)];
};

const extended = (paths: readonly Path[], origins: readonly number[], to: number): readonly Path[] =>
  paths.flatMap((path) => origins.map((from): Path => ({ ...path, transitions: [...path.transitions, { from, to }] })));

/** `current_state` is written before the history row: a reading in between shows a change that has no row yet. */
const aheadOfHistory = (paths: readonly Path[], last: number, now: number): readonly Path[] =>
  last === now ? paths : [...paths, ...extended(paths, [last], now)];

/** What the paths begin with, and the new rows that are transitions. */
const beginning = (before: OrderView | undefined, rows: readonly HistoryRow[]) => {
  const known = new Set(before?.history.map(({ id }) => id));
  const lastKnown = Math.max(0, ...known);
  const fresh = rows.flatMap((row, index) => (row.id > lastKnown ? [index] : []));
  if (before !== undefined && before.history.length > 0) return { madeIn: undefined, start: before.stateId, fresh };
  const madeIn = rows[0]?.stateId;
  return { madeIn, start: madeIn ?? 0, fresh: fresh.slice(1) };
};

/**
 * The ways through the states from one reading of an order to the next, usually one; `unknown` when there are too many.
 * `after` has a history, or there is none to tell.
 */
export const pathsBetween = (before: OrderView | undefined, after: OrderView): readonly Path[] | 'unknown' => {
  const rows = rowsOf(before, after);
  const { madeIn, start, fresh } = beginning(before, rows);
  let paths: readonly Path[] = [{ madeIn, start, transitions: [] }];
  let last = start;
  for (const index of fresh) {
    const row = rows[index];
    if (row === undefined) continue;
    paths = extended(paths, [...new Set([last, ...originsOf(rows, index)])], row.stateId);
    if (paths.length > pathsMax) return 'unknown';
    last = row.stateId;
  }
  const isStill = fresh.length === 0 && before?.stateId === after.stateId;
  return isStill ? paths : aheadOfHistory(paths, last, after.stateId);
};
