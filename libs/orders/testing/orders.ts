import type { ChannelPolicy, LocationPolicy } from '#atp';
import type { Known } from '#event-sourcing';
import type { OrderCommand, OrderPolicy, Resolution } from '../src/commands.js';
import type { OrderDecision } from '../src/decide.js';
import type { LineTarget, Snapshot, SnapshotLine } from '../src/events.js';
import { orderDecider, type OrderDecider } from '../src/order-kind.js';
import { productKey } from '../src/product.js';
import { noOrder, targetsOf, type OrderState } from '../src/state.js';

/** What the tests of orders share: one channel, two locations, and an order that commands are played on. */

export const now = '2026-03-01T12:00:00.000Z';
export const placedAt = '2026-03-01T09:00:00.000Z';

export const known: Known<never> = { facts: new Map<string, never>(), elsewhere: new Map() };

export const web: ChannelPolicy = {
  channel: 'web',
  connection: 'shop',
  locations: ['wh1', 'wh2'],
  reservationTtlMillis: 900_000,
  splitCarts: false,
  revision: 0,
};

export const locationBy = (
  location: string,
  author: string,
  authors: LocationPolicy['authors'] = {},
): LocationPolicy => ({
  location,
  author,
  authors,
  kind: 'own',
  state: 'open',
  revision: 0,
});

/** Listings by product id: SKU and units per sale. */
export type Listings = Readonly<Record<string, readonly [sku: string, unitsPerSale: number]>>;

export const resolutionsOf = (listings: Listings, revision = 0): ReadonlyMap<string, Resolution> =>
  new Map(
    Object.entries(listings).map(([product, [sku, unitsPerSale]]) => [
      productKey({ ids: { product } }),
      { sku, unitsPerSale, listing: { stream: `listing-web-${product}`, revision } },
    ]),
  );

/** The shop is author of everything at wh1 and wh2 unless the test says otherwise. */
export const policyWith = (
  listings: Listings = {},
  locations: readonly LocationPolicy[] = [locationBy('wh1', 'shop'), locationBy('wh2', 'shop')],
): OrderPolicy => ({
  channels: new Map([['web', web]]),
  locations: new Map(locations.map((location) => [location.location, location])),
  bundles: new Map(),
  resolutionsOf: () => resolutionsOf(listings),
});

/** The same policy where these SKUs are bundles: units by component. */
export const bundledAs = (
  policy: OrderPolicy,
  recipes: Readonly<Record<string, Readonly<Record<string, number>>>>,
  revision = 0,
): OrderPolicy => ({
  ...policy,
  bundles: new Map(
    Object.entries(recipes).map(([sku, units]) => [
      sku,
      { sku, revision, components: Object.entries(units).map(([of, each]) => ({ sku: of, units: each })) },
    ]),
  ),
});

/** The same policy where the listings now say this. */
export const listedAs = (policy: OrderPolicy, resolutions: ReadonlyMap<string, Resolution>): OrderPolicy => ({
  ...policy,
  resolutionsOf: () => resolutions,
});

/** A line of a snapshot: `{ ids }` of a product, or a SKU sold one by one. */
export const line = (
  id: string,
  product: string | SnapshotLine['product'],
  ordered: number,
  more: Partial<SnapshotLine> = {},
): SnapshotLine => ({
  line: id,
  product: typeof product === 'string' ? { sku: product, unitsPerSale: 1 } : product,
  ordered,
  cancelled: 0,
  ...more,
});

export const snapshot = (version: number, lines: readonly SnapshotLine[], more: Partial<Snapshot> = {}): Snapshot => ({
  version,
  placedAt,
  changedAt: `2026-03-01T10:00:${String(version % 60).padStart(2, '0')}.000Z`,
  payment: 'pending',
  lines,
  ...more,
});

/** Stands for a digest: equal exactly for equal snapshots. */
export const hashOf = (value: Snapshot): string => JSON.stringify(value);

const name = { channel: 'web', orderKey: '77' } as const;

export const record = (value: Snapshot): OrderCommand => ({
  kind: 'record',
  connection: 'shop',
  ...name,
  snapshot: value,
  hash: hashOf(value),
});
export const resolve: OrderCommand = { kind: 'resolve', ...name };

export type Step = { readonly state: OrderState; readonly decision: OrderDecision };

/** Decides one command, after whatever it asks to be appended first, and folds what it brings. */
export const step = (
  state: OrderState,
  command: OrderCommand,
  policy: OrderPolicy,
  decider: OrderDecider = orderDecider,
): Step => {
  const decision = decider.decide({ command, now, policy, known }, state);
  if (decision.kind === 'refused') return { state, decision };
  const after = decision.events.reduce<OrderState>(decider.evolve, state);
  return decision.kind === 'prepared' ? step(after, command, policy, decider) : { state: after, decision };
};

/** The states that an order goes through, the last one at the end. */
export const play = (
  commands: readonly OrderCommand[],
  policy: OrderPolicy,
  decider: OrderDecider = orderDecider,
  from: OrderState = noOrder,
): readonly OrderState[] => {
  const states: OrderState[] = [];
  for (const command of commands) states.push(step(states.at(-1) ?? from, command, policy, decider).state);
  return states;
};

export const lastOf = (states: readonly OrderState[]): OrderState => states.at(-1) ?? noOrder;

type Effect = Omit<LineTarget, 'line' | 'version'>;

const isNothing = ({ ordered, shipped = 0, restocked = 0, baselineIssued, baselineReturned }: LineTarget): boolean =>
  ordered === 0 && shipped === 0 && restocked === 0 && baselineIssued === 0 && baselineReturned === 0;

/**
 * What targets mean for SKU streams, by (line id, product, SKU): without versions and n-th keys, which tell of the road, and
 * without lines that stand at nothing, which another road never saw. A figure never said weighs as much as 0.
 */
export const effectsOf = (state: OrderState): ReadonlyMap<string, Effect> => {
  const effects = new Map<string, Effect>();
  const frozen = new Map(state.frozen.map((each) => [each.key, each]));
  for (const target of targetsOf(state)) {
    const { line: key, version: _version, ...effect } = target;
    const { line: id, product } = frozen.get(key) ?? { line: key, product: '?' };
    if (!isNothing(target))
      effects.set(`${id} ${product} ${target.sku}`, {
        ...effect,
        shipped: effect.shipped ?? 0,
        restocked: effect.restocked ?? 0,
      });
  }
  return new Map([...effects].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};
