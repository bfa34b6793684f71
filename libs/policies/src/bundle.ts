import {
  accepted,
  NO_STREAM,
  refused,
  type Decider,
  type Decision,
  type Instant,
  type Known,
  type Revision,
  type StreamKind,
} from '#event-sourcing';
import { recipeOf, type BundleComponent, type BundleRecipe, type RecipeBook } from '#atp';
import {
  bundlesMax,
  componentsPerBundleMax,
  componentUnitsMax,
  firstOf,
  invalid,
  outOfRange,
  reasonOf,
  sameJson,
  staleChange,
} from './checks.js';
import { badKey } from './codes.js';
import type { SetBundle } from './commands.js';
import type { BundleContent, BundleEvent } from './events.js';
import { keylessKind, onlyEvent } from './keyless-kind.js';
import type { PolicyRefusal } from './refusals.js';

/** Recipes by the SKU of their bundle, those that have ended included (a PolicyBook has them). */
export type Recipes = RecipeBook & {
  readonly size: number;
  readonly values: () => IterableIterator<BundleRecipe>;
};
/** What a recipe's decisions look up: the other recipes, as this process knows them. */
export type KnownBundles = { readonly bundles: Recipes };

export type BundleState = { readonly content: BundleContent | null; readonly revision: Revision };

const invalidComponent = ({ sku, units }: BundleComponent, index: number): PolicyRefusal | undefined =>
  firstOf(
    () => invalid(`components[${index}].sku`, badKey(sku)),
    () => outOfRange(`components[${index}].units`, units, 1, componentUnitsMax),
  );

const duplicateIn = (components: readonly BundleComponent[]): PolicyRefusal | undefined => {
  const skus = components.map(({ sku }) => sku);
  const twice = skus.find((sku, index) => skus.indexOf(sku) !== index);
  return twice === undefined ? undefined : { code: 'duplicate_component', component: twice };
};

const refusalOfForm = ({ sku, components }: SetBundle): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('sku', badKey(sku)),
    () => outOfRange('components', components.length, 0, componentsPerBundleMax),
    () => firstOf(...components.map((component, index) => () => invalidComponent(component, index))),
    () => duplicateIn(components),
  );

const bundleNaming = (sku: string, { bundles }: KnownBundles): BundleRecipe | undefined => {
  for (const recipe of bundles.values())
    if (recipe.components.some((component) => component.sku === sku)) return recipe;
  return undefined;
};

/** A component is a SKU that is stocked: not the bundle itself, no other bundle; and what is a component is no bundle. */
const tooDeep = ({ sku, components }: SetBundle, known: KnownBundles): PolicyRefusal | undefined => {
  if (components.length === 0) return undefined;
  if (components.some((component) => component.sku === sku)) return { code: 'bundle_in_itself', sku };
  const inner = components.find((component) => recipeOf(known.bundles, component.sku) !== undefined);
  if (inner !== undefined) return { code: 'bundle_too_deep', component: inner.sku, bundle: sku };
  const outer = bundleNaming(sku, known);
  return outer === undefined ? undefined : { code: 'bundle_too_deep', component: sku, bundle: outer.sku };
};

const componentsOf = ({ components }: Pick<SetBundle, 'components'>): readonly BundleComponent[] =>
  components.map(({ sku, units }) => ({ sku, units }));

const set = (
  command: SetBundle,
  { content, revision }: BundleState,
  known: KnownBundles,
  now: Instant,
): Decision<BundleEvent, PolicyRefusal> => {
  const components = componentsOf(command);
  if (sameJson(content?.components ?? [], components)) return accepted();
  const refusal = firstOf(
    () => tooDeep(command, known),
    () =>
      content === null && known.bundles.size >= bundlesMax ? { code: 'too_many_bundles', max: bundlesMax } : undefined,
    () => staleChange(command.revision, revision),
  );
  if (refusal !== undefined) return refused(refusal);
  const data = { sku: command.sku, components, ...reasonOf(command) };
  return accepted({ type: 'BundleRecipeSet', data, occurredAt: now });
};

export const bundleDecider: Decider<BundleState, SetBundle, BundleEvent, PolicyRefusal, KnownBundles, Known<never>> = {
  initialState: () => ({ content: null, revision: NO_STREAM }),
  decide: ({ command, now, policy }, state) => {
    const refusal = refusalOfForm(command);
    return refusal === undefined ? set(command, state, policy, now) : refused(refusal);
  },
  evolve: ({ revision }, event) => ({ content: contentOfBundle(event), revision: revision + 1 }),
};

/** What a bundle is after its event. @throws on an event that this version does not know */
export const contentOfBundle = (event: BundleEvent): BundleContent => {
  const { sku, components } = onlyEvent('BundleRecipeSet', event).data;
  return { sku, components };
};

const prefix = 'policy-bundle';

/** The stream of a bundle: `policy-bundle-<SKU>`. Its revision is the version of the recipe. */
export const bundleStream = (sku: string): string => `${prefix}-${sku}`;

/** Streams `policy-bundle-<SKU>`. */
export const bundleKind: StreamKind<BundleState, SetBundle, BundleEvent, PolicyRefusal, KnownBundles, never> =
  keylessKind({ prefix, decider: bundleDecider });
