import { causes } from './notes.js';
import type { Played } from './week.js';

const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** What a week came to, for who reads the output of the test: what happened, what was logged of it, and what it cost. */
export const tableOf = ({ notes, naming }: Played) => ({
  happened: sorted(notes.counts),
  logged: Object.fromEntries([...naming.table].map(([done, logged]) => [done, sorted(logged)])),
  unknownShare: naming.unknownShare,
  lateWrites: {
    rows: notes.lateMillis.length,
    secondsMax: Math.max(0, ...notes.lateMillis) / 1_000,
  },
  unitSecondsAboveTruth: {
    ...Object.fromEntries(causes.map((cause) => [cause, 0])),
    ...sorted(new Map([...notes.above].map(([cause, millis]) => [cause, Math.round(millis / 1_000)]))),
  },
});
