import { createMemoryPositions } from '#messaging/memory';
import { eventually, uniqueName, watch } from './kafka-bench.js';

/** Everything that a topic holds, by key and in its order, once nothing more waits. */
export const readAll = async (
  brokers: readonly string[],
  topic: string,
  countMin: number,
): Promise<ReadonlyMap<string, readonly number[]>> => {
  const watched = await watch({ brokers, topic, group: uniqueName('reader'), positions: createMemoryPositions() });
  await eventually('the topic is read', () => {
    const status = watched.consuming.status();
    return watched.values.length >= countMin && status.length > 0 && status.every(({ lag }) => lag === 0);
  });
  await watched.consuming.stop();
  return byKey(watched.values);
};

/** Of values like `key 17`. */
export const byKey = (values: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>();
  for (const value of values) {
    const [key = '', number] = value.split(' ');
    const numbers = found.get(key) ?? [];
    numbers.push(Number(number));
    found.set(key, numbers);
  }
  return found;
};

/** How many came later than a higher one, where each first came. */
export const outOfOrder = (numbers: readonly number[]): number => {
  const first = [...new Set(numbers)];
  return first.filter((number, index) => index > 0 && number < (first[index - 1] ?? 0)).length;
};

export const missing = (numbers: readonly number[], count: number): readonly number[] => {
  const found = new Set(numbers);
  return Array.from({ length: count }, (_, index) => index).filter((number) => !found.has(number));
};
