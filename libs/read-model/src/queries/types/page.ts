/** The most rows of one page; a larger `limit` is cut to it. */
export const pageRowsMax = 1_000;

/** Rows after `after` (a cursor of an earlier page; undefined: from the first row), at most `limit` of them. */
export type PageRequest = { readonly after?: string | undefined; readonly limit: number };

/** `next` is the cursor of the page that follows; without it this was the last one. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string };

/** A question whose answer depends on a channel that may not exist. */
export type OfChannel<Answer> =
  { readonly kind: 'found'; readonly answer: Answer } | { readonly kind: 'unknown_channel' };
