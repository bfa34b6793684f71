/** One process works on 100 channels within 1 GB; nobody has more shops than this. */
export const connectionsMax = 1_000;

/** Rows of a page of changes. */
export const changesPerPage = 100;
