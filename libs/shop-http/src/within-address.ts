/**
 * Characters that the ids of one question take of its address, with what parts them. Some servers take an address of 4,000 and no
 * more; and each question costs a shop 15 ms, as much as 150 rows.
 */
export const idCharsMax = 2_600;

const separatorChars = '%7C'.length;

/**
 * Items in pieces of as many as one question may name, in their order. An id that several items share is named once.
 * @param idsOf the ids of an item, one for each list of the question
 */
export const piecesWithinAddress = <Item>(
  items: readonly Item[],
  idsOf: (item: Item) => readonly string[],
): readonly (readonly Item[])[] => {
  const pieces: Item[][] = [];
  const lists: Set<string>[] = [];
  let chars = Infinity;
  const charsFor = (ids: readonly string[]): number =>
    ids.reduce((sum, id, list) => sum + (lists[list]?.has(id) === true ? 0 : id.length + separatorChars), 0);
  for (const item of items) {
    const ids = idsOf(item);
    if (chars + charsFor(ids) > idCharsMax) {
      pieces.push([]);
      lists.splice(0);
      chars = 0;
    }
    chars += charsFor(ids);
    ids.forEach((id, list) => (lists[list] ??= new Set()).add(id));
    pieces.at(-1)?.push(item);
  }
  return pieces;
};
