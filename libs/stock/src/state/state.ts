import { type Changing, emptyMap, type Revision } from '#event-sourcing';
import type { BalancesByLocation } from './balances.js';
import type { Counts } from './counts.js';
import type { Holds } from './holds.js';
import type { Incomings } from './incoming.js';
import type { Lines, Promises } from './lines.js';
import type { Suspicions } from './suspicions.js';
import { firstInstant, type Movements } from './movements.js';
import type { Quotas } from './quotas.js';
import type { Transfers } from './transfers.js';

/** One SKU as the events of its stream leave it. Every collection is persistent: an event copies a path, never a map. */
export type StockState = Holds &
  Lines &
  Movements &
  Counts &
  Quotas &
  Incomings &
  Promises &
  Suspicions &
  Transfers & {
    /** Has any event been seen? Requests for an SKU that nobody has ever reported are refused. */
    readonly opened: boolean;
    /** By location; `unsourced:<channel>` is one. */
    readonly balances: BalancesByLocation;
    /** The revision from which on `facts` holds every closed fact. */
    readonly factsFrom: Revision;
  };

export const initialState = (): StockState => ({
  opened: false,
  balances: emptyMap(),
  holds: emptyMap(),
  expiries: emptyMap(),
  lines: emptyMap(),
  facts: emptyMap(),
  factsFrom: 0,
  oversold: emptyMap(),
  promises: emptyMap(),
  promisesOf: emptyMap(),
  movements: emptyMap(),
  forgottenUntil: firstInstant,
  latest: firstInstant,
  counts: emptyMap(),
  suspicions: emptyMap(),
  transit: emptyMap(),
  quotas: emptyMap(),
  incoming: emptyMap(),
  openIncoming: emptyMap(),
  pledged: emptyMap(),
});

/**
 * A copy for the function that changes it. All fields are written out, as for an order line: a spread of so many takes
 * 640 ns where this takes 20 (measured), and each event has one.
 */
export const copyOf = (state: StockState): Changing<StockState> => ({
  opened: state.opened,
  balances: state.balances,
  holds: state.holds,
  expiries: state.expiries,
  lines: state.lines,
  facts: state.facts,
  factsFrom: state.factsFrom,
  oversold: state.oversold,
  promises: state.promises,
  promisesOf: state.promisesOf,
  movements: state.movements,
  forgottenUntil: state.forgottenUntil,
  latest: state.latest,
  counts: state.counts,
  suspicions: state.suspicions,
  transit: state.transit,
  quotas: state.quotas,
  incoming: state.incoming,
  openIncoming: state.openIncoming,
  pledged: state.pledged,
});
