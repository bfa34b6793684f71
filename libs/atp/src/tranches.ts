import { dispatchOn, nextCutOff } from './dispatch.js';
import type { AtpPolicy, EligibleIncoming, LocationShare, Tranche } from './types.js';

type Standings = AtpPolicy['locations'];

const daysFirst = (a: Tranche, b: Tranche): number => ((a.dispatchOn ?? '') < (b.dispatchOn ?? '') ? -1 : 1);

/** The day on which units leave a location; undefined where it does not say. */
const dayAt = (location: string, standings: Standings, now: string): string | undefined => {
  const dispatch = standings.get(location)?.dispatch;
  return dispatch && dispatchOn(dispatch, now);
};

/** Units that are there, by the day on which they leave; those of locations that do not say come first, as one. */
export const tranchesThere = (
  byLocation: readonly LocationShare[],
  standings: Standings,
  now: string,
): readonly Tranche[] => {
  const tranches: GrowingTranche[] = [];
  for (const { location, quantity } of byLocation) {
    if (quantity <= 0) continue;
    const day = dayAt(location, standings, now);
    const same = tranches.find(({ dispatchOn: other }) => other === day);
    if (same !== undefined) same.quantity += quantity;
    else tranches.push(day === undefined ? { quantity } : { quantity, dispatchOn: day });
  }
  return tranches.length > 1 ? tranches.sort(daysFirst) : tranches;
};
type GrowingTranche = { quantity: number; dispatchOn?: string };

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
