/** Runs `work` on all items, at most `atOnceMax` at a time; results in the order of the items. The first error ends it. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  atOnceMax: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  if (items.length <= atOnceMax) return Promise.all(items.map(work));
  const results = new Array<Result>(items.length);
  const rest = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnceMax }, worker));
  return results;
};
