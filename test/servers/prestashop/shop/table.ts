import type { Row } from './rows.js';

/** What a table holds, for a backup. `lastId` is the counter that a restore sets back, so that ids come again. */
export type TableDump<R extends Row> = { readonly rows: readonly R[]; readonly lastId: number };

/** A table with counted ids. Rows are never changed in place: a row that was read stays as it was read. */
export type Table<R extends Row> = {
  readonly get: (id: number) => R | undefined;
  /** In the order of ids. */
  readonly all: () => readonly R[];
  /** Those with a greater id, in the order of ids. */
  readonly after: (id: number) => readonly R[];
  /** The rows with this value of an indexed column, the first where none is named, in the order of ids. */
  readonly where: (value: number, index?: number) => readonly R[];
  readonly insert: (row: Omit<R, 'id'>) => R;
  readonly put: (row: R) => void;
  readonly remove: (id: number) => void;
  /** Told each row that is put or removed from now on. */
  readonly onChange: (hear: (row: R) => void) => void;
  readonly dump: () => TableDump<R>;
  readonly load: (dump: TableDump<R>) => void;
};

const byId = (left: Row, right: Row): number => left.id - right.id;

/** Where the first row with a greater id stands. */
const placeAfter = (ordered: readonly Row[], id: number): number => {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.id ?? 0) > id) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** @param columns those that `where` looks in. */
export const createTable = <R extends Row>(...columns: readonly ((row: R) => number)[]): Table<R> => {
  const rows = new Map<number, R>();
  const listeners: ((row: R) => void)[] = [];
  const indexes = columns.map((valueOf) => ({ valueOf, ids: new Map<number, Set<number>>() }));
  let lastId = 0;
  let inOrder = true;
  /** All of them in the order of ids, until one of them changes. */
  let ordered: readonly R[] | undefined;

  const leaveIndexes = (row: R): void =>
    indexes.forEach(({ valueOf, ids }) => void ids.get(valueOf(row))?.delete(row.id));
  const enterIndexes = (row: R): void =>
    indexes.forEach(({ valueOf, ids }) => {
      const known = ids.get(valueOf(row));
      if (known === undefined) ids.set(valueOf(row), new Set([row.id]));
      else known.add(row.id);
    });
  const put = (row: R): void => {
    ordered = undefined;
    const previous = rows.get(row.id);
    if (previous !== undefined) leaveIndexes(previous);
    else if (row.id < lastId) inOrder = false;
    rows.set(row.id, row);
    enterIndexes(row);
    lastId = Math.max(lastId, row.id);
    for (const hear of listeners) hear(row);
  };
  const all = (): readonly R[] => (ordered ??= inOrder ? [...rows.values()] : [...rows.values()].sort(byId));
  return {
    get: (id) => rows.get(id),
    all,
    after: (id) => (id <= 0 ? all() : all().slice(placeAfter(all(), id))),
    where: (value, index = 0) =>
      [...(indexes[index]?.ids.get(value) ?? [])].flatMap((id) => rows.get(id) ?? []).sort(byId),
    insert: (row) => {
      const inserted = { ...row, id: lastId + 1 } as R;
      put(inserted);
      return inserted;
    },
    put,
    remove: (id) => {
      const row = rows.get(id);
      if (row === undefined) return;
      ordered = undefined;
      leaveIndexes(row);
      rows.delete(id);
      for (const hear of listeners) hear(row);
    },
    onChange: (hear) => void listeners.push(hear),
    dump: () => ({ rows: [...rows.values()], lastId }),
    load: (dump) => {
      ordered = undefined;
      rows.clear();
      indexes.forEach(({ ids }) => ids.clear());
      [lastId, inOrder] = [0, true];
      dump.rows.forEach(put);
      lastId = dump.lastId;
    },
  };
};
