import type { Random } from '#event-sourcing';
import { seededRandom } from '#testing';

/** Dice that fall the same for the same seed. */
export type Rolls = {
  /** A whole number from `min` to `max`. */
  readonly integer: (min: number, max: number) => number;
  readonly chance: (of: number) => boolean;
  readonly pick: <Item>(items: readonly Item[]) => Item | undefined;
  readonly shuffled: <Item>(items: readonly Item[]) => readonly Item[];
};

export const rollsOf = (seed: number, random: Random = seededRandom(seed)): Rolls => {
  const integer = (min: number, max: number): number => min + Math.floor(random() * (max - min + 1));
  return {
    integer,
    chance: (of) => random() < of,
    pick: (items) => items[integer(0, items.length - 1)],
    shuffled: (items) => {
      const left = [...items];
      return items.map(() => left.splice(integer(0, left.length - 1), 1)[0] as (typeof items)[number]);
    },
  };
};
