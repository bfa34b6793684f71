import { type KeptBounds, keptBounds, type KeptRows, startKeeper } from './kept-rows.js';
import { type ReadOptions, readRows, type Visit } from './read-rows.js';

/** The lines of a file: visits all of them in order, as often as it is called, and returns how many there were. */
export type Rows = (visit: Visit) => Promise<number>;

/**
 * Reads a file once and keeps its lines; those of a file too large for that are read again for every pass.
 * A visit that returns a promise is waited for.
 * @throws MalformedLineError for the first line that is not of the format: of a large file with the first pass
 */
export const openRows = async (file: string, options: ReadOptions = {}, bounds = keptBounds): Promise<Rows> => {
  const kept = await keep(file, options, bounds);
  return kept ? (visit) => visitKept(kept, visit) : (visit) => readRows(file, visit, options);
};

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

const visitKept = async ({ count, rowAt }: KeptRows, visit: Visit): Promise<number> => {
  for (let index = 0; index < count; index += 1) {
    const visiting = visit(rowAt(index));
    if (visiting !== undefined) await visiting;
  }
  return count;
};
