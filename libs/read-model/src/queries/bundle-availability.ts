import type { AtpPolicy, BundleAvailability } from '#atp';
import { positionOf } from '#event-sourcing';
import type { Queryable } from '#postgres';
import {
  availabilityOfBundle,
  bundleAt,
  bundlePosition,
  bundlesHeldBy,
  bundlesHeldByListing,
} from '../supply/bundle-of.js';
import { withComponents } from '../supply/bundle-rows.js';
import type { BundleRow, SuppliedBundle } from '../supply/bundle-rows.js';
import { heldByListingMember } from '../supply/supply-of.js';
import { balancesOf } from './balances-of.js';
import type { AvailabilityRow, ExplainedComponent, Explanation } from './types.js';

export const suppliedBundle = async (session: Queryable, bundle: BundleRow): Promise<SuppliedBundle> => {
  const [supplied] = await withComponents(session, [bundle]);
  return supplied ?? { ...bundle, rows: new Map() };
};

/** A bundle as a row beside those of SKUs. Its `revision` is that of its recipe. */
export const bundleRowOf = (policy: AtpPolicy, bundle: SuppliedBundle, sequence: number): AvailabilityRow =>
  rowOf(policy, bundle, sequence, availabilityOfBundle(bundle, policy));

const rowOf = (
  policy: AtpPolicy,
  bundle: SuppliedBundle,
  sequence: number,
  { components: _components, ...answer }: BundleAvailability,
): AvailabilityRow => ({
  sku: bundle.sku,
  ...answer,
  held: bundlesHeldBy(bundle, policy.channel.channel),
  ...heldByListingMember(bundlesHeldByListing(bundle, policy.channel.channel)),
  revision: bundle.revision,
  position: positionOf(bundlePosition(bundle)),
  sequence,
  components: bundle.components,
});

/** Why a bundle's number is what it is: its recipe, and each component with its own terms. */
export const bundleExplanation = (policy: AtpPolicy, bundle: SuppliedBundle, sequence: number): Explanation => {
  const answer = availabilityOfBundle(bundle, policy);
  return {
    ...rowOf(policy, bundle, sequence, answer),
    at: bundleAt(bundle),
    terms: [],
    shownTerms: [],
    policy: policy.channel,
    balances: [],
    holds: [],
    recipe: { stream: `policy-bundle-${bundle.sku}`, revision: bundle.revision },
    explained: answer.components.map(({ availability: of, ...component }): ExplainedComponent => {
      const row = bundle.rows.get(component.sku);
      const { atp, shown, byLocation, terms, shownTerms } = of;
      const balances = row === undefined ? [] : balancesOf(row);
      return { ...component, atp, shown, byLocation, terms, shownTerms, balances };
    }),
  };
};
