/** The kinds of fact that have an author per location. */
export const factKinds = [
  'receipt',
  'issue',
  'return',
  'adjustment',
  'count',
  'transfer',
  'bucket_change',
  'assembly',
  'incoming',
] as const;
export type FactKind = (typeof factKinds)[number];
