import { endOfDay, plusDays } from './days.js';
import { isOpen } from './open-locations.js';
import { poolOf } from './pool.js';
import { preorderAt, preorderEligible, preorderUntil } from './preorder.js';
import { basisPointsOfAll } from './share.js';
import type { AtpPolicy, EligibleIncoming, IncomingSupply, LocationShare, Supply, Term } from './types.js';

type Dated = IncomingSupply & { readonly eta: string };
type Window = { readonly from: string; readonly until: string };

const none: readonly never[] = [];

/** Units that can be counted on and that nobody has been promised. */
export const unpledgedOf = ({ quantity, confidence, pledged }: IncomingSupply): number =>
  Math.floor((quantity * confidence) / basisPointsOfAll) - pledged;

/**
 * When a line counts: from the day on which its ETA comes within the horizon, until the day of the ETA is over (in UTC):
 * what has not come by then is overdue.
 */
const windowOf = ({ eta }: Dated, horizonDays: number): Window => ({
  from: plusDays(eta, -horizonDays),
  until: endOfDay(eta),
});

/** Is it known when these units come, and has that day not passed? */
export const isExpected = (incoming: IncomingSupply, now: string): incoming is Dated =>
  incoming.confirmed && incoming.eta !== undefined && now < endOfDay(incoming.eta);

const isServed = ({ channel, locations }: AtpPolicy, { location }: IncomingSupply): boolean =>
  channel.locations.includes(location) && isOpen(location, locations);

/** Lines from which the channel may promise, now or later, without another event. */
const promisable = (supply: Supply, policy: AtpPolicy, now: string): readonly Dated[] =>
  (supply.incoming ?? none).filter(
    (incoming): incoming is Dated =>
      isServed(policy, incoming) && isExpected(incoming, now) && unpledgedOf(incoming) > 0,
  );

/** What of incoming units a channel may promise, the earliest first; and until when that is so. */
export type IncomingAnswer = {
  readonly eligible: readonly EligibleIncoming[];
  readonly validUntil?: string;
  /** The SKU is not released yet: this is all that may be promised of it. */
  readonly isPreorder?: true;
};
const nothing: IncomingAnswer = { eligible: none };

const byDate = (a: Dated, b: Dated): number =>
  a.eta < b.eta ? -1 : a.eta > b.eta ? 1 : a.line < b.line ? -1 : Number(a.line > b.line);

const earliest = (moments: readonly string[]): string | undefined =>
  moments.reduce<string | undefined>((first, one) => (first === undefined || one < first ? one : first), undefined);

/** What comes serves first those who are owed: their units are missing from the lines that come first. */
const lessOwed = (eligible: readonly EligibleIncoming[], owed: number): readonly EligibleIncoming[] => {
  let open = owed;
  return owed === 0
    ? eligible
    : eligible.flatMap((line) => {
        const taken = Math.min(open, line.units);
        open -= taken;
        return taken === line.units ? [] : [{ ...line, units: line.units - taken }];
      });
};

/** Confirmed, its ETA known, within the horizon and not overdue; the quantity times the confidence, less what is
 * pledged and what those are owed who come first (`owed`: what the channel's pool lacks already). */
export const incomingOf = (
  supply: Supply,
  policy: AtpPolicy,
  now: string,
  owed = poolOf(supply, policy).owed,
): IncomingAnswer => {
  const preorder = preorderAt(policy.channel, now);
  if (preorder)
    return {
      eligible: preorderEligible(supply, policy, preorder, now),
      validUntil: preorderUntil(preorder, now),
      isPreorder: true,
    };
  const horizonDays = policy.channel.backorder?.horizonDays;
  if (horizonDays === undefined || supply.incoming === undefined || supply.incoming.length === 0) return nothing;
  const lines = promisable(supply, policy, now).toSorted(byDate);
  const windows = lines.map((line) => ({ line, ...windowOf(line, horizonDays) }));
  const validUntil = earliest(windows.map(({ from, until }) => (from > now ? from : until)));
  return {
    eligible: lessOwed(
      windows
        .filter(({ from }) => from <= now)
        .map(({ line: { line, location, eta, ...rest } }) => ({
          ...{ line, location, availableAt: eta },
          units: unpledgedOf({ line, location, ...rest }),
        })),
      owed,
    ),
    ...(validUntil !== undefined && { validUntil }),
  };
};

export const incomingTerms = (supply: Supply, eligible: readonly EligibleIncoming[]): readonly Term[] =>
  eligible.map(({ line, location, units }) => {
    const origin = supply.incoming?.find((incoming) => incoming.line === line)?.origin;
    return { term: 'incoming', quantity: units, location, incomingLine: line, ...(origin && { origin }) };
  });

/** The shares of the locations with what is coming to each. */
export const withIncoming = (
  byLocation: readonly LocationShare[],
  eligible: readonly EligibleIncoming[],
): readonly LocationShare[] =>
  eligible.length === 0
    ? byLocation
    : byLocation.map((share) => {
        let incoming = 0;
        for (const { location, units } of eligible) if (location === share.location) incoming += units;
        return incoming === 0 ? share : { ...share, quantity: share.quantity + incoming, incoming };
      });
