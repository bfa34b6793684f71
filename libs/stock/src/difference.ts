import type { Part } from './parts.js';

/** The parts that take these back. */
const reversed = (parts: readonly Part[]): readonly Part[] =>
  parts.map(({ location, from, to, quantity }) => ({ location, from: to, to: from, quantity }));

type Lane = { readonly location: string; readonly from: Part['from']; readonly to: Part['to'] };

/** Both directions between two accounts of a location are one lane: 3 there and 1 back are 2 there. */
const laneOf = ({ location, from, to, quantity }: Part): readonly [string, Lane, number] =>
  from < to
    ? [`${location}|${from}|${to}`, { location, from, to }, quantity]
    : [`${location}|${to}|${from}`, { location, from: to, to: from }, -quantity];

/** The least parts with the effect of all of these together; places that cancel out are gone. */
export const netted = (parts: readonly Part[]): readonly Part[] => {
  if (parts.length <= 1) return parts;
  const sums = new Map<string, { readonly lane: Lane; quantity: number }>();
  for (const part of parts) {
    const [key, lane, quantity] = laneOf(part);
    const sum = sums.get(key);
    if (sum) sum.quantity += quantity;
    else sums.set(key, { lane, quantity });
  }
  return [...sums.values()].flatMap(({ lane, quantity }): readonly Part[] => {
    if (quantity === 0) return [];
    return quantity > 0 ? [{ ...lane, quantity }] : reversed([{ ...lane, quantity: -quantity }]);
  });
};

/** What must move so that `wanted` stands where `standing` stood: the old place gives back, the new one takes. */
export const difference = (wanted: readonly Part[], standing: readonly Part[]): readonly Part[] =>
  standing.length === 0 ? wanted : netted([...reversed(standing), ...wanted]);

export const sameParts = (a: readonly Part[], b: readonly Part[]): boolean =>
  a.length === b.length &&
  a.every((part, index) => {
    const other = b[index];
    return (
      part.location === other?.location &&
      part.from === other.from &&
      part.to === other.to &&
      part.quantity === other.quantity
    );
  });
