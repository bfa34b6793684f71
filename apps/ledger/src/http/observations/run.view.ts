import type { RunHeader, RunState } from '#observations';
import { ProblemError } from '#platform';
import type { ComparedRow } from '../../observations/index.js';

type Run = NonNullable<RunState>;

/** Rows of a page: as many SKU states are read for it. */
export const rowsPerPage = 500;

/** A run as it was judged, and what people have decided since. */
export type RunView = RunHeader & {
  readonly state: Run['standing'];
  readonly reasons: NonNullable<Run['judged']>['reasons'];
  readonly evidence: NonNullable<Run['judged']>['evidence'] | undefined;
  /** Rows that a person has released. */
  readonly released: number;
};

export const runView = ({ header, standing, judged, released }: Run): RunView => ({
  ...header,
  state: standing,
  reasons: judged?.reasons ?? [],
  evidence: judged?.evidence,
  released: released.length,
});

/** One figure beside the ledger's own of that moment, as far as it is known now. */
export type RowView = ComparedRow & { readonly difference: number; readonly released: boolean };
export type RunPage = RunView & { readonly rows: readonly RowView[]; readonly next?: string };

/**
 * Where the page after a row begins.
 * @throws ProblemError invalid_cursor when the run has no such row
 */
export const startOf = ({ rows }: Run, cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const last = rows.findIndex(({ sku }) => sku === cursor);
  if (last >= 0) return last + 1;
  throw new ProblemError('invalid_cursor', { field: 'cursor', detail: 'The run has no such row' });
};

export const runPage = (run: Run, from: number, compared: readonly ComparedRow[]): RunPage => {
  const released = new Set(run.released);
  const last = compared.at(-1);
  const more = from + compared.length < run.rows.length;
  return {
    ...runView(run),
    rows: compared.map((row) => ({
      ...row,
      difference: row.observed - row.expected,
      released: released.has(row.sku),
    })),
    ...(more && last && { next: last.sku }),
  };
};
