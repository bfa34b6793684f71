import type { CauseName, Notes } from '../notes.js';

/** What was done less often than it should have been, in words; empty, or what was not found out proves little. */
export const lackingOf = (
  { counts }: Pick<Notes, 'counts'>,
  wanted: readonly CauseName[],
  timesMin: number,
): readonly string[] =>
  wanted
    .filter((cause) => (counts.get(cause) ?? 0) < timesMin)
    .map((cause) => `${cause}: ${counts.get(cause) ?? 0} times, of ${timesMin}`);
