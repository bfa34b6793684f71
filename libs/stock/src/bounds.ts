/** The most that one command may name, in base units. */
export const quantityMax = 1_000_000_000;

/** No balance goes beyond this, up or down: sums over a thousand locations and all buckets stay safe integers. */
export const balanceMax = 1_000_000_000_000;

/** How far ahead of our clock a fact may say it happened: clocks out there differ. */
export const aheadMillisMax = 5 * 60_000;

/** How long a reservation may be asked for. */
export const ttlMillisMin = 1_000;
export const ttlMillisMax = 7 * 86_400_000;

/** What an order leaves of its cart's hold stays this long where another order of the same cart may follow. */
export const splitCartMillis = 60_000;

/** Open reservations of one SKU: more than any shop has carts, and what a state can hold. */
export const openReservationsMax = 200_000;

/** Releases of expired holds that one append carries because its command needs their units. */
export const expiredNeededMax = 900;
/** Releases of expired holds that ride along although the command does not need them. */
export const expiredExtraMax = 100;

/** Lines of purchase orders that one SKU waits for: each question of what may be promised looks at all of them. */
export const incomingLinesMax = 500;

/** Quotas of one SKU: each free unit looks at all of them. */
export const quotasMax = 256;
export const quotaPriorityMax = 1_000;

/** Order lines that one append serves with units that came free; the sweep does the rest. */
export const servedLinesMax = 100;

/**
 * Bytes of the events of one order's lines in one append, where all of them would be more than `appendBytesMax`. As much
 * again is left to what follows from them: lines that units came free for, promises, quotas.
 */
export const targetBytesMax = 512 * 1_024;

/** Of one append: EventStoreDB takes 1,048,576 unless it is told otherwise, and each event has its metadata beside it. */
export const appendBytesMax = 1_000_000;

/** About what metadata and hash of an event take: ids with the longest keys, and two moments. */
export const metadataBytes = 700;

/** Promises that one append fills, and promises that it matches with other lines: the appends of others do the rest. */
export const promisesServedMax = 400;
export const promisesMovedMax = 400;

/** How long movements are remembered, for comparing figures with the ledger of their moment. */
export const movementsKeptMillis = 72 * 3_600_000;
/** Moments with movements that a state remembers: about 2 MB. */
export const movementsMax = 16_384;
/** Counts of one location that a late movement may still revise. */
export const countsMax = 64;

/** SKUs that one assembly may have named in all its versions: each is told by an append of its own. */
export const assemblyLinesMax = 200;
