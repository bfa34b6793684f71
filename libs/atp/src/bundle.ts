import { stateOf } from './shown.js';
import { sumOf } from './sum.js';
import type { Availability, AvailabilityState, LocationShare, Tranche } from './types.js';

/** One SKU of a bundle and how many of its base units one bundle takes. */
export type BundleComponent = { readonly sku: string; readonly units: number };

/** What a bundle is made of, with the revision of its policy stream; without components it is a bundle no longer. */
export type BundleRecipe = {
  readonly sku: string;
  readonly components: readonly BundleComponent[];
  readonly revision: number;
};

/** Recipes by the SKU of their bundle, those that have ended included. */
export type RecipeBook = { readonly get: (sku: string) => BundleRecipe | undefined };

/** The recipe of a SKU that is a bundle now; undefined: it is stocked, or stands for nothing any more. */
export const recipeOf = (recipes: RecipeBook, sku: string): BundleRecipe | undefined => {
  const recipe = recipes.get(sku);
  return recipe === undefined || recipe.components.length === 0 ? undefined : recipe;
};

/** A component and what the channel may promise of it. */
export type ComponentAvailability = BundleComponent & { readonly availability: Availability };

/** A component in the answer. `makes`: bundles that it alone would make; `limits`: none makes fewer. */
export type BundleTerm = ComponentAvailability & { readonly makes: number; readonly limits: boolean };

/**
 * What a channel may promise of a bundle, in bundles. `byLocation` has the bundles that a location makes alone, in the
 * channel's order, `acrossLocations` those that take their components from several: together they are what is at
 * hand.
 */
export type BundleAvailability = Omit<Availability, 'terms' | 'shownTerms'> & {
  readonly acrossLocations: number;
  readonly components: readonly BundleTerm[];
};

const madeOf = (units: number, { units: each }: BundleComponent): number => Math.floor(units / each);

/** The smallest whole number of bundles over the components; none makes none. */
const fewest = (
  components: readonly ComponentAvailability[],
  unitsOf: (availability: Availability) => number,
): number =>
  components.length === 0
    ? 0
    : Math.min(...components.map((component) => madeOf(unitsOf(component.availability), component)));

type Share = (place: LocationShare) => number;
const there: Share = ({ quantity, incoming = 0 }) => quantity - incoming;
const all: Share = ({ quantity }) => quantity;

const at = (location: string, { byLocation }: Availability, of: Share): number => {
  const place = byLocation.find((share) => share.location === location);
  return place === undefined ? 0 : of(place);
};

/** All components are asked for one channel: the places of the first are those of each. */
const placesOf = (components: readonly ComponentAvailability[]): readonly LocationShare[] =>
  (components[0]?.availability.byLocation ?? []).map(({ location }) => {
    const quantity = fewest(components, (availability) => at(location, availability, all));
    const incoming = quantity - fewest(components, (availability) => at(location, availability, there));
    return { location, quantity, ...(incoming > 0 && { incoming }) };
  });

/** Comes before every day. */
const today = '';
const dayOf = ({ availableAt = today }: Tranche): string => availableAt;

/** Every day on which a component has more. */
const daysOf = (components: readonly ComponentAvailability[]): readonly string[] =>
  [...new Set(components.flatMap(({ availability }) => availability.tranches.map(dayOf)))].toSorted();

const availableBy = (day: string, { tranches }: Availability): number =>
  sumOf(tranches.filter((tranche) => dayOf(tranche) <= day));

/** A bundle can be promised for the day on which its last component is there. */
const tranchesOf = (components: readonly ComponentAvailability[]): readonly Tranche[] => {
  let told = 0;
  return daysOf(components).flatMap((day): Tranche[] => {
    const quantity = fewest(components, (availability) => availableBy(day, availability)) - told;
    told += quantity;
    return quantity === 0 ? [] : [{ quantity, ...(day !== today && { availableAt: day }) }];
  });
};

/** What is not there yet may be promised for a day: as its components say. */
const bundleState = (
  atp: number,
  shown: number,
  tranches: readonly Tranche[],
  components: readonly ComponentAvailability[],
): AvailabilityState => {
  const now = sumOf(tranches.filter(({ availableAt }) => availableAt === undefined));
  const state = stateOf(atp, now, shown);
  const isNew = components.some(({ availability }) => availability.state === 'preorder');
  return state === 'backorder' && isNew ? 'preorder' : state;
};

const earliest = (components: readonly ComponentAvailability[]): { readonly validUntil?: string } => {
  const [first] = components.flatMap(({ availability }) => availability.validUntil ?? []).toSorted();
  return first === undefined ? {} : { validUntil: first };
};

/**
 * What a channel may promise of a bundle: of its components' availability the smallest whole number. Buffers and caps are
 * the components' own: a hard buffer of 5 keeps 5 units of each component back, a cap of 10 shows 10 units of each, and
 * what is shown of the bundle is what the shown units make.
 *
 * Pure; never throws. A recipe without components makes none.
 */
export const bundleAvailability = (
  channel: string,
  components: readonly ComponentAvailability[],
): BundleAvailability => {
  const atp = fewest(components, (availability) => availability.atp);
  const shown = fewest(components, (availability) => availability.shown);
  const byLocation = placesOf(components);
  const tranches = tranchesOf(components);
  return {
    channel,
    atp,
    shown,
    byLocation,
    acrossLocations: atp - sumOf(byLocation),
    tranches,
    state: bundleState(atp, shown, tranches, components),
    components: components.map((component) => {
      const makes = madeOf(component.availability.atp, component);
      return { ...component, makes, limits: makes === atp };
    }),
    ...earliest(components),
  };
};
