import type { ObserverPolicy } from '#atp';
import { rowsUnsuspected } from './bounds.js';
import type { Evidence, HoldReason, RunHeader } from './events.js';

/** How the figures of a connection without settings are judged: it posts at once, and a tenth may be wrong. */
export const usualObserver = (connection: string): ObserverPolicy => ({
  connection,
  postingLagMillis: 0,
  missingMax: 1_000,
  zerosMax: 1_000,
  changesMax: 2_000,
});

/** A share in basis points of so many, but never so little that a handful of rows would hold a run. */
const shareOf = (basisPoints: number, of: number): number =>
  Math.max(rowsUnsuspected, Math.floor((of * basisPoints) / 10_000));

const beyond = (reason: 'missing' | 'zeros' | 'changes' | 'units_per_day', found: number, max: number) =>
  found > max ? [{ reason, found, max }] : [];

/** A SKU that is missing from a full run is unknown, not 0; of other kinds of run nothing can be missing. */
const missing = ({ kind }: RunHeader, { missingMax }: ObserverPolicy, evidence: Evidence): readonly HoldReason[] =>
  kind === 'full' ? beyond('missing', evidence.missing, shareOf(missingMax, evidence.held)) : [];

const backwards = ({ asOf }: RunHeader, { lastAsOf }: Evidence): readonly HoldReason[] =>
  lastAsOf !== undefined && asOf < lastAsOf ? [{ reason: 'going_backwards', asOf, lastAsOf }] : [];

/** What speaks against a run as a whole, whatever its single figures say; nothing: it is accepted. */
export const reasonsAgainst = (
  header: RunHeader,
  observer: ObserverPolicy,
  evidence: Evidence,
): readonly HoldReason[] => {
  const { zerosMax, changesMax, unitsPerDayMax } = observer;
  const { zeros, changes, units, unitsBefore } = evidence;
  return [
    ...missing(header, observer, evidence),
    ...beyond('zeros', zeros, shareOf(zerosMax, header.rowCount)),
    ...beyond('changes', changes, shareOf(changesMax, header.rowCount)),
    ...(unitsPerDayMax === undefined ? [] : beyond('units_per_day', units + unitsBefore, unitsPerDayMax)),
    ...backwards(header, evidence),
  ];
};
