/** What a key may do. `ops` is for people: keys, adjustments everywhere. */
export const scopes = [
  'orders:write',
  'movements:write',
  'reservations:write',
  'stock:read',
  'history:read',
  'policy:write',
  'ops',
] as const;
export type Scope = (typeof scopes)[number];

export const isScope = (text: unknown): text is Scope => scopes.some((scope) => scope === text);
