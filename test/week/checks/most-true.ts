/** A sale takes the way of the news before other rows know of it: what happened so long ago nobody needs to know yet. */
export const newsMillis = 12_000;
/** What of a listing is remembered: longer than any outage of a feed, and the rest of a worker that has found it away. */
export const rememberedMillis = 180_000;

/**
 * What a row should show from then on. It is noted when all that happens at that very moment has happened. `left`: units that
 * were sold in any channel, or left the shelf, since it is watched; `own`: those sold in this one.
 */
export type Moment = {
  readonly at: number;
  readonly should: number;
  readonly left: number;
  readonly own: number;
};

/** What stood around a write when it was decided on. */
export type Deciding = {
  readonly at: number;
  /** The feed of some shop was away: nobody knew what it sold. */
  readonly isAway: boolean;
  /** `own`, as far as the feed of this very shop had told of it. */
  readonly heard: number;
  /** Since when another shop made an order that was promised nowhere yet. */
  readonly makingSince: number | undefined;
  readonly unitsPerSale: number;
};

/** Units that left at that very moment. */
const leftAt = (known: readonly Moment[], moment: number): number => {
  const before = known.findLast(({ at }) => at < moment);
  const then = known.findLast(({ at }) => at <= moment);
  return before === undefined || then === undefined ? 0 : then.left - before.left;
};

/**
 * The most that anybody could have taken for true when a write was decided on: what was true of late, and what has been sold
 * since without having been heard of. Of what was sold before that, an order that another shop is still making is unheard of,
 * and nothing else. Undefined: nothing of it is known.
 */
export const mostTrueOf = (
  known: readonly Moment[],
  { at, isAway, heard, makingSince, unitsPerSale }: Deciding,
): number | undefined => {
  const since = at - (isAway ? rememberedMillis : newsMillis);
  const lately = known.filter((_, nth) => (known[nth + 1]?.at ?? at) >= since);
  const [first, last] = [lately[0], known.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const ownHeard = isAway ? first.own : heard;
  const inSales = (units: number): number => Math.floor(units / unitsPerSale);
  const inTheMaking = makingSince !== undefined && makingSince <= first.at ? leftAt(known, makingSince) : 0;
  const unheard = last.left - first.left + inTheMaking - Math.max(0, ownHeard - first.own);
  const wasTrue = lately.map(({ should, own }) => should - inSales(Math.max(0, ownHeard - own)));
  return Math.max(...wasTrue) + Math.max(0, unheard);
};
