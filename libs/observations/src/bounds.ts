/** Rows of one run: what a request of 1 MiB carries with usual SKUs. A larger stock comes in partitions. */
export const runRowsMax = 10_000;
/** Rows of one event, so that no event is much larger than the others of the log: about 60 KB with usual SKUs. */
export const rowsPerEventMax = 1_000;
/** The most that one figure may name, up or down, in base units. */
export const figureMax = 1_000_000_000;
/** How far ahead of the ledger's clock a figure may be. */
export const aheadMillisMax = 5 * 60_000;
/** Older figures cannot be compared: the SKUs' states know what moved for so long. */
export const ageMillisMax = 72 * 3_600_000;
/** So many rows never hold a run, whatever share of it they are: small runs are not all change. */
export const rowsUnsuspected = 20;
/** The budget of units counts the runs of so long. */
export const budgetMillis = 24 * 3_600_000;
