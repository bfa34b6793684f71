import type { LocationStanding } from './types.js';

type Standings = ReadonlyMap<string, LocationStanding>;

/** May anything new be promised from there? Yes, where nobody has said otherwise. */
export const isOpen = (location: string, standings: Standings): boolean =>
  (standings.get(location)?.state ?? 'open') === 'open';

/** Those of them that are open, in their order. */
export const openOnes = (locations: readonly string[], standings: Standings): readonly string[] =>
  locations.every((location) => isOpen(location, standings))
    ? locations
    : locations.filter((location) => isOpen(location, standings));
