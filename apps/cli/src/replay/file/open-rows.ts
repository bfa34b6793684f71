import { type KeptBounds, keptBounds, type KeptRows, startKeeper } from './kept-rows.js';
import { type ReadOptions, readRows, type Visit } from './read-rows.js';

/** The lines of a file. */
export type Rows = {
  /** Visits all of them in order, as often as it is called, and returns how many there were. */
  readonly each: (visit: Visit) => Promise<number>;
  /** The same for the last time: lines are forgotten as they are visited. */
  readonly last: (visit: Visit) => Promise<number>;
};

/**
 * Reads a file once and keeps its lines; those of a file too large for that are read again for every pass.
 * A visit that returns a promise is waited for.
 * @throws MalformedLineError for the first line that is not of the format: of a large file with the first pass
 */
export const openRows = async (file: string, options: ReadOptions = {}, bounds = keptBounds): Promise<Rows> => {
  const kept = await keep(file, options, bounds);
  if (kept) return keptInMemory(kept);
  const readAgain = (visit: Visit): Promise<number> => readRows(file, visit, options);
  return { each: readAgain, last: readAgain };
};

const keptInMemory = ({ count, rowAt, takeAt }: KeptRows): Rows => ({
  each: (visit) => visitAll(count, rowAt, visit),
  last: (visit) => visitAll(count, takeAt, visit),
});

/** Reads no further than the header. @throws MalformedLineError for another one; what opening the file throws */
export const checkHeaderOf = async (file: string): Promise<void> => {
  await readRows(file, () => undefined, { limit: 0 });
};

const keep = async (
  file: string,
  { limit = Infinity }: ReadOptions,
  bounds: KeptBounds,
): Promise<KeptRows | undefined> => {
  const keeper = startKeeper(bounds);
  await readRows(file, keeper.add, { limit: Math.min(limit, bounds.rowsMax + 1) });
  return keeper.kept();
};

const visitAll = async (count: number, rowAt: KeptRows['rowAt'], visit: Visit): Promise<number> => {
  for (let index = 0; index < count; index += 1) {
    const visiting = visit(rowAt(index));
    if (visiting !== undefined) await visiting;
  }
  return count;
};
