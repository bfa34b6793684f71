import { plus, type Instant } from '#event-sourcing';
import { aheadMillisMax, figureMax, runRowsMax } from './bounds.js';
import type { ReceiveRun, RunPolicy, RunRefusal } from './commands.js';
import { runBases, type Row, type RunBasis } from './events.js';

type Maybe = RunRefusal | undefined;

export const isRunBasis = (basis: string): basis is RunBasis => runBases.some((known) => known === basis);

const duplicateIn = (rows: readonly Row[]): Maybe => {
  const seen = new Set<string>();
  for (const { sku } of rows) {
    if (seen.has(sku)) return { code: 'duplicate_row', sku };
    seen.add(sku);
  }
  return undefined;
};

const outOfRange = (rows: readonly Row[]): Maybe => {
  const row = rows.find(({ quantity }) => !Number.isSafeInteger(quantity) || Math.abs(quantity) > figureMax);
  return row && { code: 'quantity_out_of_range', ...row, max: figureMax };
};

const checkRows = ({ rowCount, rows }: ReceiveRun): Maybe => {
  if (rowCount !== rows.length) return { code: 'row_count_differs', rowCount, rows: rows.length };
  if (rows.length > runRowsMax) return { code: 'too_many_rows', rows: rows.length, max: runRowsMax };
  return duplicateIn(rows) ?? outOfRange(rows);
};

/** People with the scope `ops` may give figures everywhere. */
const operator = 'operator';

const checkAuthor = ({ connection, location }: ReceiveRun, { locations }: RunPolicy): Maybe => {
  const at = locations.get(location);
  if (at === undefined) return { code: 'unknown_location', location };
  const author = at.authors['count'] ?? at.author;
  if (connection === author || connection === operator) return undefined;
  return { code: 'not_author', connection, kind: 'count', location, author };
};

/** What is wrong with a run before anything is known of it. */
export const checkRun = (command: ReceiveRun, policy: RunPolicy, now: Instant): Maybe => {
  const { asOf, basis } = command;
  const rows = checkRows(command);
  if (rows !== undefined) return rows;
  if (asOf > plus(now, aheadMillisMax)) return { code: 'occurred_in_future', occurredAt: asOf, now };
  if (!isRunBasis(basis)) return { code: 'basis_not_supported', basis };
  return checkAuthor(command, policy);
};
