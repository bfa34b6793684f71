import { dispatchOn, nextCutOff } from './dispatch.js';
import type { AtpPolicy, EligibleIncoming, LocationShare, Tranche } from './types.js';

type Standings = AtpPolicy['locations'];

const daysFirst = (a: Tranche, b: Tranche): number => ((a.dispatchOn ?? '') < (b.dispatchOn ?? '') ? -1 : 1);

/** Units that are there, by the day on which they leave; those of locations that do not say come first, as one. */
export const tranchesThere = (
  byLocation: readonly LocationShare[],
  standings: Standings,
  now: string,
): readonly Tranche[] => {
  const days = new Map<string | undefined, number>();
  for (const { location, quantity } of byLocation) {
    const dispatch = quantity > 0 ? standings.get(location)?.dispatch : undefined;
    const day = dispatch && dispatchOn(dispatch, now);
    if (quantity > 0) days.set(day, (days.get(day) ?? 0) + quantity);
  }
  const tranches = [...days].map(([day, quantity]) => ({ quantity, ...(day !== undefined && { dispatchOn: day }) }));
  return tranches.length > 1 ? tranches.sort(daysFirst) : tranches;
};

/** When the first of those days becomes another one. */
export const tranchesUntil = (
  byLocation: readonly LocationShare[],
  standings: Standings,
  now: string,
): string | undefined => {
  let first: string | undefined;
  for (const { location, quantity } of byLocation) {
    const dispatch = quantity > 0 ? standings.get(location)?.dispatch : undefined;
    const next = dispatch && nextCutOff(dispatch, now);
    if (next !== undefined && (first === undefined || next < first)) first = next;
  }
  return first;
};

/** Units that are to come, each line with the day on which it can leave where it arrives. */
export const tranchesToCome = (eligible: readonly EligibleIncoming[], standings: Standings): readonly Tranche[] =>
  eligible.map(({ line, location, units, availableAt }) => {
    const dispatch = standings.get(location)?.dispatch;
    return {
      ...{ quantity: units, availableAt, incomingLine: line },
      ...(dispatch && { dispatchOn: dispatchOn(dispatch, availableAt) }),
    };
  });
