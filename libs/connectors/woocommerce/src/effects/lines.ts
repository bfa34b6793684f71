import { isTaking } from './statuses.js';
import { type OrderLine, type OrderView, type RowKey } from './views.js';

/** A line in two readings of its order: in both, in the later one alone (made or added), in the earlier one alone (removed). */
export type LineChange =
  | { readonly kind: 'kept'; readonly before: OrderLine; readonly after: OrderLine }
  | { readonly kind: 'added'; readonly after: OrderLine }
  | { readonly kind: 'removed'; readonly before: OrderLine };

/** What came of each line from `before` to `after`. */
export const lineChanges = (before: OrderView | undefined, after: OrderView): readonly LineChange[] => {
  const earlier = new Map(before?.lines.map((line) => [line.id, line]));
  const later = new Set(after.lines.map(({ id }) => id));
  const removed = before?.lines.filter(({ id }) => !later.has(id)) ?? [];
  return [
    ...after.lines.map((line): LineChange => {
      const known = earlier.get(line.id);
      return known === undefined ? { kind: 'added', after: line } : { kind: 'kept', before: known, after: line };
    }),
    ...removed.map((line): LineChange => ({ kind: 'removed', before: line })),
  ];
};

export const rowOf = ({ stock }: OrderLine): RowKey | undefined => ('row' in stock ? stock.row : undefined);

/** To the shop a line that says 0 has taken nothing, as one that says nothing. */
export const hasTaken = ({ reduced = 0 }: OrderLine): boolean => reduced !== 0;

/** An order that has taken its units: another status does not take them again, what is added to it later takes by itself. */
export const holdsUnits = ({ status, lines }: OrderView): boolean => isTaking(status) && lines.some(hasTaken);
