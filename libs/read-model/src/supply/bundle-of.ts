import { availability, bundleAvailability } from '#atp';
import type { AtpPolicy, Availability, BundleAvailability } from '#atp';
import type { Instant } from '#event-sourcing';
import type { SuppliedBundle } from './bundle-rows.js';
import { policyFor } from './channels.js';
import type { SkuRow } from './sku-rows.js';
import { heldBy, heldByListing, supplyOf } from './supply-of.js';
import type { HeldByListing } from './supply-of.js';

/** A component that was never stocked has nothing. */
const nothing = { locations: [], unsourced: [] } as const;

export const componentRows = ({ components, rows }: SuppliedBundle): readonly SkuRow[] =>
  components.flatMap(({ sku }) => rows.get(sku) ?? []);

/** The moment at which the components' holds were told open or expired. */
export const bundleAt = (bundle: SuppliedBundle): Instant => componentRows(bundle)[0]?.at ?? bundle.at;

/** The newest event that the answer knows: of its components, or of its recipe. */
export const bundlePosition = (bundle: SuppliedBundle): number =>
  Math.max(bundle.position, ...componentRows(bundle).map(({ position }) => position));

const availabilityOf = (row: SkuRow | undefined, policy: AtpPolicy, at: Instant): Availability =>
  row === undefined ? availability(nothing, policy, at) : availability(supplyOf(row), policyFor(policy, row), at);

/** What a channel may promise of a bundle, of what its components have. */
export const availabilityOfBundle = (bundle: SuppliedBundle, policy: AtpPolicy): BundleAvailability => {
  const at = bundleAt(bundle);
  const components = bundle.components.map(({ sku, units }) => {
    const row = bundle.rows.get(sku);
    return { sku, units, availability: availabilityOf(row, policy, at) };
  });
  return bundleAvailability(policy.channel.channel, components);
};

/** The most bundles that the channel's own open reservations may be of: they hold components. */
export const bundlesHeldBy = ({ components, rows }: SuppliedBundle, channel: string): number => {
  if (components.length === 0) return 0;
  const held = components.map(({ sku, units }) => {
    const row = rows.get(sku);
    return row === undefined ? 0 : Math.floor(heldBy(row, channel) / units);
  });
  return Math.min(...held);
};

/** The same by the listing of the bundle, which the holds of all its components name. */
export const bundlesHeldByListing = ({ components, rows }: SuppliedBundle, channel: string): HeldByListing => {
  const [first, ...others] = components.map(({ sku, units }) => {
    const row = rows.get(sku);
    return { units, held: row === undefined ? {} : heldByListing(row, channel) };
  });
  if (first === undefined) return {};
  const made = Object.entries(first.held).map(([listing, units]) => {
    const ofOthers = others.map((other) => Math.floor((other.held[listing] ?? 0) / other.units));
    return [listing, Math.min(Math.floor(units / first.units), ...ofOthers)] as const;
  });
  return Object.fromEntries(made.filter(([, bundles]) => bundles > 0));
};
