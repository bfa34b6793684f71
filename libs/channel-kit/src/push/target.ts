/** What the ledger announced of a SKU in a channel, at one position. Units of the SKU. */
export type Shown = { readonly shown: number; readonly held: number };

/** What a row of the shop can hold. Units of the listing. */
export type Range = { readonly min: number; readonly max: number };

/**
 * Units that the ledger holds for this channel and that this very row has not given up yet and will: holds of open carts,
 * and what only the connector knows of, orders whose decrement is not certain. Without them the shop would refuse the cart
 * that holds the last unit. Never more than that: each unit too many can be sold twice.
 */
export type Unspent = { readonly pendingUnits: number };

/** The figure to send: whole sales of what is shown and still to be given up, within what the row can hold. */
export const targetOf = (
  { shown, held }: Shown,
  { pendingUnits }: Unspent,
  unitsPerSale: number,
  { min, max }: Range,
): number => Math.min(max, Math.max(min, Math.floor((shown + held + pendingUnits) / unitsPerSale)));
