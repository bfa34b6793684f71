/** Lines of one snapshot. With usual keys the events of such an order are about 0.7 MB, with the longest about 3 MB. */
export const orderLinesMax = 2_000;
/** Of one append: EventStoreDB takes 1,048,576 unless it is told otherwise, and each event has its metadata beside it. */
export const appendBytesMax = 1_000_000;
/** About what metadata and hash of an event take, with the longest ids. */
export const metadataBytes = 700;
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
