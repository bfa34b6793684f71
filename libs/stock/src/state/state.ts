import { emptyMap, type Revision } from '#event-sourcing';
import type { BalancesByLocation } from './balances.js';
import type { Counts } from './counts.js';
import type { Holds } from './holds.js';
import { noIncomings, type Incomings } from './incoming.js';
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
  movements: emptyMap(),
  forgottenUntil: firstInstant,
  latest: firstInstant,
  counts: emptyMap(),
  suspicions: emptyMap(),
  transit: emptyMap(),
  quotas: emptyMap(),
  ...noIncomings,
  promises: emptyMap(),
  promisesOf: emptyMap(),
});
