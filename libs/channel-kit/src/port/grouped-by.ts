/** What belongs together by a key, in the order in which the keys come. */
export const groupedBy = <One, Key>(
  list: readonly One[],
  keyOf: (one: One) => Key,
): ReadonlyMap<Key, readonly One[]> => {
  const groups = new Map<Key, One[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
};
