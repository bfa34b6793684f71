/** The shop did not do it, as its back office would say. Only what it measured before it moved stock is a refusal. */
export type ActResult = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly why: string };

export const done: ActResult = { kind: 'done' };

export const refused = (why: string): ActResult => ({ kind: 'refused', why });
