/**
 * How far a channel has come on its way to be live:
 * - `off`: nothing is asked of it
 * - `observe`: its orders are taken in, nothing is computed for it
 * - `shadow`: what would be written is computed, compared and logged, never written
 * - `canary`: some of its listings are written, the others as in shadow
 * - `live`: all of them are
 * - `paused`: its orders are taken in and nothing is written, until somebody says so
 */
export const rungs = ['off', 'observe', 'shadow', 'canary', 'live', 'paused'] as const;
export type Rung = (typeof rungs)[number];

/** Which listings a canary writes: those named, or a share of all in hundredths. */
export type Canary = { readonly listings: readonly string[] } | { readonly percent: number };

export type Ladder = { readonly rung: Rung; readonly canary?: Canary };

export type LadderRefusal =
  | { readonly kind: 'not_a_step'; readonly from: Rung; readonly to: Rung; readonly next: readonly Rung[] }
  | { readonly kind: 'canary_missing' };

/** One rung up at a time, down to any, and paused from wherever something runs. */
const steps: Readonly<Record<Rung, readonly Rung[]>> = {
  off: ['observe'],
  observe: ['off', 'shadow', 'paused'],
  shadow: ['off', 'observe', 'canary', 'paused'],
  canary: ['off', 'observe', 'shadow', 'canary', 'live', 'paused'],
  live: ['off', 'observe', 'shadow', 'canary', 'paused'],
  paused: ['off', 'observe', 'shadow', 'canary', 'live'],
};

export const refuseStep = (from: Rung, to: Ladder): LadderRefusal | undefined => {
  const next = steps[from];
  if (!next.includes(to.rung)) return { kind: 'not_a_step', from, to: to.rung, next };
  return to.rung === 'canary' && to.canary === undefined ? { kind: 'canary_missing' } : undefined;
};

export const takesOrders = ({ rung }: Ladder): boolean => rung !== 'off';
export const computes = ({ rung }: Ladder): boolean => rung === 'shadow' || rung === 'canary' || rung === 'live';

/** The same listings at every start, whatever else there is: a number from 0 to 99 out of the key alone (FNV-1a, 32 bits). */
export const hundredthOf = (listing: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(listing)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % 100;
};

/** Whether what is computed for a listing is written, or only logged. */
export const writes = ({ rung, canary }: Ladder, listing: string): boolean => {
  if (rung === 'live') return true;
  if (rung !== 'canary' || canary === undefined) return false;
  return 'percent' in canary ? hundredthOf(listing) < canary.percent : canary.listings.includes(listing);
};
