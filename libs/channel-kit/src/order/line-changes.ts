/** A line in two readings of its order: in both, in the later one alone (made or added), in the earlier one alone (removed). */
export type LineChange<Line> =
  | { readonly kind: 'kept'; readonly before: Line; readonly after: Line }
  | { readonly kind: 'added'; readonly after: Line }
  | { readonly kind: 'removed'; readonly before: Line };

/** What came of each line from one reading to another, those that were removed last. */
export const lineChanges = <Line extends { readonly id: number }>(
  before: readonly Line[],
  after: readonly Line[],
): readonly LineChange<Line>[] => {
  const earlier = new Map(before.map((line) => [line.id, line]));
  const later = new Set(after.map(({ id }) => id));
  const removed = before.filter(({ id }) => !later.has(id));
  return [
    ...after.map((line): LineChange<Line> => {
      const known = earlier.get(line.id);
      return known === undefined ? { kind: 'added', after: line } : { kind: 'kept', before: known, after: line };
    }),
    ...removed.map((line): LineChange<Line> => ({ kind: 'removed', before: line })),
  ];
};

/** Those that an earlier reading does not have. */
export const newIn = <One extends { readonly id: number }>(
  before: readonly One[],
  after: readonly One[],
): readonly One[] => {
  const known = new Set(before.map(({ id }) => id));
  return after.filter(({ id }) => !known.has(id));
};
