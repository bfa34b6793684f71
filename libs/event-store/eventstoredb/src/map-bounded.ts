/** Maps with so many calls under way at most; results in the order of the items. Rejects with the first rejection. */
export const mapBounded = async <Item, Result>(
  items: readonly Item[],
  underWayMax: number,
  map: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results = new Array<Result>(items.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await map(items[index] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(underWayMax, items.length) }, work));
  return results;
};
