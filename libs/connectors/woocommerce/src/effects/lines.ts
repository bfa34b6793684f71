import { type OrderLine, type OrderView, type RowKey } from './views.js';

/** Entering one of these takes units, entering one of the others gives them back; every other status leaves them as they are. */
const taking: ReadonlySet<string> = new Set(['on-hold', 'processing', 'completed']);
const givingBack: ReadonlySet<string> = new Set(['pending', 'cancelled']);

export const isTaking = (status: string): boolean => taking.has(status);

export const isGivingBack = (status: string): boolean => givingBack.has(status);

export const rowOf = ({ stock }: OrderLine): RowKey | undefined => ('row' in stock ? stock.row : undefined);

/** To the shop a line that says 0 has taken nothing, as one that says nothing. */
export const hasTaken = ({ reduced = 0 }: OrderLine): boolean => reduced !== 0;

/** An order that has taken its units: another status does not take them again, what is added to it later takes by itself. */
export const holdsUnits = ({ status, lines }: OrderView): boolean => isTaking(status) && lines.some(hasTaken);
