import { either, type NumberSet, zero } from '#channel-kit';
import { type ShopView, type VersionFamily } from './views.js';

/** An order goes from one state to another; equal states are a change that the shop was asked for and that moves nothing. */
export type Transition = { readonly from: number; readonly to: number };

/** Into cancelled and error the shop gives an order's units back; in them it holds none. */
export const givesBack = (shop: ShopView, stateId: number): boolean =>
  stateId === shop.cancelledStateId || stateId === shop.errorStateId;

const given: NumberSet = [1];
const taken: NumberSet = [-1];

/** Out of cancelled or error 9 takes the units again for every new state, the versions before it for logable ones alone. */
const takesForEveryState: Readonly<Record<VersionFamily, boolean>> = { '1.7': false, '8': false, '9': true };

const isLogable = (shop: ShopView, stateId: number): boolean | undefined => shop.states.get(stateId)?.logable;

const when = (condition: boolean | undefined, moved: NumberSet): NumberSet => {
  if (condition === undefined) return either(moved, zero);
  return condition ? moved : zero;
};

const crosses = (shop: ShopView, { from, to }: Transition): boolean => givesBack(shop, from) !== givesBack(shop, to);

/** How often the whole quantity of a simple line comes back to its row (1) or is taken from it (-1). */
export const movesOfSimpleLine = (shop: ShopView, transition: Transition): NumberSet => {
  if (!crosses(shop, transition)) return zero;
  if (givesBack(shop, transition.to)) return given;
  return takesForEveryState[shop.family] ? taken : when(isLogable(shop, transition.to), taken);
};

const isNot = (flag: boolean | undefined): boolean | undefined => (flag === undefined ? undefined : !flag);

/**
 * The same for a pack. Between a logable state and cancelled or error the shop forgets it, in both directions; so it is
 * given back from the other states, and taken again where the version takes for every state.
 */
export const movesOfPackLine = (shop: ShopView, { from, to }: Transition): NumberSet => {
  if (!crosses(shop, { from, to })) return zero;
  if (givesBack(shop, to)) return when(isNot(isLogable(shop, from)), given);
  return takesForEveryState[shop.family] ? when(isNot(isLogable(shop, to)), taken) : zero;
};
