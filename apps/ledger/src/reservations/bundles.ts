import { recipeOf, type BundleRecipe, type RecipeBook } from '#atp';
import type { CartHold, CartLine } from './cart.js';

/** A line as the cart named it, with the recipe by which it was exploded where it is a bundle. */
export type AskedLine = { readonly line: CartLine; readonly recipe?: BundleRecipe };

/** What of a bundle a cart holds: the components are held, `held` bundles can be made of them. */
export type HeldBundle = {
  readonly sku: string;
  readonly requested: number;
  readonly held: number;
  /** Of the recipe by which the cart was exploded. */
  readonly revision: number;
};

/** Each line with what it stands for at this moment. */
export const askedOf = (lines: readonly CartLine[], recipes: RecipeBook): readonly AskedLine[] =>
  lines.map((line) => {
    const recipe = recipeOf(recipes, line.sku);
    return recipe === undefined ? { line } : { line, recipe };
  });

export const hasBundles = (asked: readonly AskedLine[]): boolean => asked.some(({ recipe }) => recipe !== undefined);

/** Bundles as their components, each under the listing that sells the bundle: its holds tell how many of it they are. */
export const explodedLines = (asked: readonly AskedLine[]): readonly CartLine[] =>
  asked.flatMap(
    ({ line, recipe }) =>
      recipe?.components.map(({ sku, units }): CartLine => ({ ...line, sku, quantity: line.quantity * units })) ?? [
        line,
      ],
  );

/** How many of a line the units that are left make; they are taken out. */
const takeFrom = (left: Map<string, number>, { line, recipe }: AskedLine): number => {
  const parts = recipe?.components ?? [{ sku: line.sku, units: 1 }];
  const made = Math.min(line.quantity, ...parts.map(({ sku, units }) => Math.floor((left.get(sku) ?? 0) / units)));
  for (const { sku, units } of parts) left.set(sku, (left.get(sku) ?? 0) - made * units);
  return made;
};

/** What the held units make of the bundles asked for: units that several lines want go to the first of them. */
export const heldBundles = (asked: readonly AskedLine[], holds: readonly CartHold[]): readonly HeldBundle[] => {
  const left = new Map(holds.map(({ sku, held }) => [sku, held]));
  return asked.flatMap((each): HeldBundle[] => {
    const held = takeFrom(left, each);
    const { line, recipe } = each;
    return recipe === undefined ? [] : [{ sku: line.sku, requested: line.quantity, held, revision: recipe.revision }];
  });
};
