/**
 * Some whole numbers of which one is the true one: ascending, each once, never empty. `unknown` stands for any number: a
 * set that has grown beyond `valuesMax` would let almost every reading pass.
 */
export type NumberSet = readonly number[] | 'unknown';

/** Twice what the widest measured case needs: two lines on a row, each edited and raced. */
export const valuesMax = 16;

export const setOf = (values: readonly number[]): NumberSet => {
  // Adding 0 makes one zero of 0 and -0.
  const distinct = [...new Set(values.map((value) => value + 0))].sort((a, b) => a - b);
  return distinct.length > valuesMax ? 'unknown' : distinct;
};

export const zero: NumberSet = [0];

/** One or the other happened. */
export const either = (a: NumberSet, b: NumberSet): NumberSet =>
  a === 'unknown' || b === 'unknown' ? 'unknown' : setOf([...a, ...b]);

/** Both happened, and neither says anything about the other. */
export const sum = (a: NumberSet, b: NumberSet): NumberSet =>
  a === 'unknown' || b === 'unknown' ? 'unknown' : setOf(a.flatMap((x) => b.map((y) => x + y)));

export const sumOf = (sets: readonly NumberSet[]): NumberSet => sets.reduce(sum, zero);

export const eitherOf = (first: NumberSet, rest: readonly NumberSet[]): NumberSet => rest.reduce(either, first);

export const mapped = (set: NumberSet, change: (value: number) => number): NumberSet =>
  set === 'unknown' ? 'unknown' : setOf(set.map(change));

export const times = (set: NumberSet, factor: number): NumberSet =>
  factor === 0 ? zero : mapped(set, (value) => value * factor);

export const allows = (set: NumberSet, value: number): boolean => set === 'unknown' || set.includes(value);

export const isZero = (set: NumberSet): boolean => set !== 'unknown' && set.length === 1 && set[0] === 0;
