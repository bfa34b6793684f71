import type { Changing, Instant } from '#event-sourcing';
import type { Backordered, Held } from '../standing.js';

type HeldParts = Held['parts'];
type HeldPart = HeldParts[number];

/** More units of a hold; the same place and bucket appear once. */
export const moreHeld = (held: HeldParts, more: HeldParts): HeldParts => {
  let parts = held;
  for (const part of more) {
    const { location, from } = part;
    const index = parts.findIndex((one) => one.location === location && one.from === from);
    const found = parts[index];
    parts = found ? parts.with(index, { location, from, quantity: found.quantity + part.quantity }) : [...parts, part];
  }
  return parts;
};

type SplitHold = { readonly left: HeldParts; readonly gone: HeldParts };

/** A hold less its last `quantity` units: what was taken last goes first. */
export const lessHeld = (held: HeldParts, quantity: number): SplitHold => {
  const left: HeldPart[] = [];
  const gone: HeldPart[] = [];
  let open = quantity;
  for (const part of [...held].reverse()) {
    const units = Math.min(open, part.quantity);
    const { location, from } = part;
    if (units > 0) gone.push({ location, from, quantity: units });
    if (part.quantity > units) left.unshift({ location, from, quantity: part.quantity - units });
    open -= units;
  }
  return { left, gone };
};

/** A hold less units taken out of it at a location, whatever bucket they had come from. */
export const lessHeldAt = (held: HeldParts, location: string, quantity: number): HeldParts => {
  let open = quantity;
  return held.flatMap((part) => {
    if (part.location !== location) return [part];
    const units = Math.min(open, part.quantity);
    open -= units;
    return part.quantity > units ? [{ ...part, quantity: part.quantity - units }] : [];
  });
};

/** The hold with other units; promises on what is incoming are left out where there are none. */
export const heldWith = (
  { expiresAt, listing }: { readonly expiresAt: Instant; readonly listing?: string | undefined },
  quantity: number,
  parts: HeldParts,
  incoming: readonly Backordered[],
): Held => {
  const held: Changing<Held> = { quantity, parts, expiresAt };
  if (listing !== undefined) held.listing = listing;
  if (incoming.length > 0) held.incoming = incoming;
  return held;
};
