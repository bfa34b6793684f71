import { emptyMap, mapOf, type JsonValue, type PersistentMap, type Revision } from '#event-sourcing';
import { expiryKeyOf, lineKeyOf } from '../keys.js';
import type { Balances } from './balances.js';
import type { RecentCount } from './counts.js';
import type { LineRecord } from './facts.js';
import type { Held, Quota } from '../standing.js';
import { openOf, type Incoming } from './incoming.js';
import { owedOf, oversoldKeyOf, promisesIn } from './lines.js';
import type { Movement } from './movement.js';
import { quotaKeyOf } from './quotas.js';
import { initialState, type StockState } from './state.js';
import type { Suspicion } from './suspicions.js';

/** What of a state is kept: all but the closed facts, which the index knows. Indexes are built anew. */
type Snapshot = {
  readonly opened: boolean;
  readonly balances: readonly (readonly [string, Balances])[];
  readonly holds: readonly (readonly [string, Held])[];
  readonly lines: readonly LineRecord[];
  readonly movements: readonly (readonly [string, Movement])[];
  readonly forgottenUntil: string;
  readonly latest: string;
  readonly counts: readonly (readonly [string, readonly RecentCount[]])[];
  readonly suspicions: readonly (readonly [string, Suspicion])[];
  readonly transit: readonly (readonly [string, number])[];
  readonly quotas: readonly Quota[];
  readonly incoming: readonly (readonly [string, Incoming])[];
  readonly pledged: readonly (readonly [string, number])[];
};

const entriesOf = <V>(map: PersistentMap<V>): readonly (readonly [string, V])[] => [...map.entries()];

export const encode = (state: StockState): JsonValue => {
  const snapshot: Snapshot = {
    opened: state.opened,
    balances: entriesOf(state.balances),
    holds: entriesOf(state.holds),
    lines: [...state.lines.values()],
    movements: entriesOf(state.movements),
    forgottenUntil: state.forgottenUntil,
    latest: state.latest,
    counts: entriesOf(state.counts),
    suspicions: entriesOf(state.suspicions),
    transit: entriesOf(state.transit),
    quotas: [...state.quotas.values()],
    incoming: entriesOf(state.incoming),
    pledged: entriesOf(state.pledged),
  };
  return snapshot;
};

/** Of what can grow: balances, counts and transfers are few. */
export const entryCountOf = ({ holds, lines, movements, incoming }: StockState): number =>
  holds.size + lines.size + movements.size + incoming.size;

const oversoldOf = (lines: readonly LineRecord[]): PersistentMap<string> =>
  mapOf(
    lines
      .filter(({ order, line }) => owedOf(order, line) > 0)
      .map((record) => [oversoldKeyOf(lineKeyOf(record.order), record), lineKeyOf(record.order)] as const),
  );

/** The state of a snapshot; facts are remembered from `next` on. The value is one that `encode` made. */
export const decode = (value: JsonValue, next: Revision): StockState => {
  const snapshot = value as unknown as Snapshot;
  const { holds, lines } = snapshot;
  return {
    ...initialState(),
    opened: snapshot.opened,
    balances: mapOf(snapshot.balances),
    holds: mapOf(holds),
    expiries: mapOf(holds.map(([key, { expiresAt }]) => [expiryKeyOf(expiresAt, key), key] as const)),
    lines: mapOf(lines.map((record) => [lineKeyOf(record.order), record] as const)),
    oversold: oversoldOf(lines),
    facts: emptyMap(),
    factsFrom: next,
    movements: mapOf(snapshot.movements),
    forgottenUntil: snapshot.forgottenUntil,
    latest: snapshot.latest,
    counts: mapOf(snapshot.counts),
    suspicions: mapOf(snapshot.suspicions),
    transit: mapOf(snapshot.transit),
    quotas: mapOf(snapshot.quotas.map((quota) => [quotaKeyOf(quota), quota] as const)),
    incoming: mapOf(snapshot.incoming),
    openIncoming: mapOf(openOf(snapshot.incoming)),
    pledged: mapOf(snapshot.pledged),
    ...promisesIn(lines.map((record) => [lineKeyOf(record.order), record] as const)),
  };
};
