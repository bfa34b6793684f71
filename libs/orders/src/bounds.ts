/** Lines of one snapshot. With usual keys the events of such an order are about 0.7 MB, with the longest about 2 MB. */
export const orderLinesMax = 2_000;
/** Lines that an order may have had in all its life, a line of a bundle counted once for each component: every target set lists them all, the vanished ones at 0. */
export const frozenLinesMax = 4_000;
/** Sold units in one figure of one line. */
export const soldUnitsMax = 1_000_000_000;
/** Base units of one line: sold units times units per sale. Their product stays a safe integer before it is compared. */
export const baseUnitsMax = 1_000_000_000;
/** Base units that one sold unit may take. */
export const lineUnitsPerSaleMax = 1_000_000;
/** How far ahead of the ledger's clock a change may have happened. */
export const aheadMillisMax = 5 * 60 * 1_000;
