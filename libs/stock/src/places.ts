import type { Committed } from './standing.js';

/* Quantities by location, in the order of taking; a location appears once and never with 0. */

/** The empty list that all share: most lines end with nothing committed, and a year has half a million of them. */
export const nowhere: readonly Committed[] = [];

export const sumOf = (items: readonly { readonly quantity: number }[]): number => {
  let sum = 0;
  for (const { quantity } of items) sum += quantity;
  return sum;
};

export const quantityAt = (places: readonly Committed[], location: string): number => {
  for (const place of places) if (place.location === location) return place.quantity;
  return 0;
};

/** With so many more (below 0: fewer) at a location. */
export const plusAt = (places: readonly Committed[], location: string, quantity: number): readonly Committed[] => {
  if (quantity === 0) return places;
  const sum = quantityAt(places, location) + quantity;
  if (sum === 0) return places.length === 1 ? nowhere : places.filter((place) => place.location !== location);
  if (sum === quantity) return places.length === 0 ? [{ location, quantity }] : [...places, { location, quantity }];
  return places.map((place) => (place.location === location ? { location, quantity: sum } : place));
};

export const plusAll = (places: readonly Committed[], more: readonly Committed[]): readonly Committed[] => {
  let sum = places;
  for (const { location, quantity } of more) sum = plusAt(sum, location, quantity);
  return sum;
};

export const minusAll = (places: readonly Committed[], fewer: readonly Committed[]): readonly Committed[] => {
  let rest = places;
  for (const { location, quantity } of fewer) rest = plusAt(rest, location, -quantity);
  return rest;
};

/** The first `quantity` units of these places. */
export const firstOf = (places: readonly Committed[], quantity: number): readonly Committed[] => {
  if (quantity <= 0) return nowhere;
  const [only] = places;
  if (only !== undefined && places.length === 1 && only.quantity === quantity) return places;
  const taken: Committed[] = [];
  let open = quantity;
  for (const place of places) {
    const units = Math.min(open, place.quantity);
    if (units > 0) taken.push({ location: place.location, quantity: units });
    open -= units;
  }
  // Pushing has made room for 17: as it is kept, it has room for what it holds.
  return taken.length === 0 ? nowhere : taken.slice();
};

/** The last `quantity` units: what was taken last goes back first. */
export const lastOf = (places: readonly Committed[], quantity: number): readonly Committed[] =>
  firstOf([...places].reverse(), quantity);
