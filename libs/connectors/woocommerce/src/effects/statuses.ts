/** Entering one of these takes units, entering one of the others gives them back; every other status leaves them as they are. */
const taking: ReadonlySet<string> = new Set(['on-hold', 'processing', 'completed']);
const givingBack: ReadonlySet<string> = new Set(['pending', 'cancelled']);

export const isTaking = (status: string): boolean => taking.has(status);

export const isGivingBack = (status: string): boolean => givingBack.has(status);
