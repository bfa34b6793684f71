import sortedBtree from 'sorted-btree';

/*
 * Collections that a state may hold by the ten thousand. Copying a Map for each event costs 0.9 ms at 10,000 entries
 * (measured); here `with` and `without` copy one path of a B+ tree and share the rest: about 1.5 us at 100,000 entries.
 * A map of a few entries is copied.
 * Keys are strings in the order of their UTF-16 code units (what `<` says), instants and numbers padded with zeros included.
 */

/** sorted-btree is a CommonJS module: Node hands out its `module.exports`, Vitest the `default` therein. */
const vendor: { readonly default?: typeof sortedBtree.default } = sortedBtree;
const BTree = vendor.default ?? (sortedBtree as unknown as typeof sortedBtree.default);
type Tree<V> = InstanceType<typeof BTree<string, V>>;

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Small nodes: what `with` costs is the copying of one node per level. */
const nodeEntriesMax = 16;

/** A map that never changes: `with` and `without` answer another one. Values may be anything but undefined. */
export type PersistentMap<V> = {
  readonly size: number;
  readonly get: (key: string) => V | undefined;
  readonly has: (key: string) => boolean;
  readonly with: (key: string, value: V) => PersistentMap<V>;
  readonly without: (key: string) => PersistentMap<V>;
  /** In the order of their keys, beginning with the first key that is not below `from`. */
  readonly entries: (from?: string) => IterableIterator<[string, V]>;
  readonly keys: (from?: string) => IterableIterator<string>;
  readonly values: (from?: string) => IterableIterator<V>;
  /** The lowest key: nothing is allocated for it. */
  readonly firstKey: () => string | undefined;
  /** The entry with the lowest key. */
  readonly first: () => readonly [string, V] | undefined;
  /** The entry with the highest key. */
  readonly last: () => readonly [string, V] | undefined;
};

/** Classes, so that the hundred thousand versions a second share one set of methods; made by `emptyMap` and `mapOf`. */
class TreeMap<V> implements PersistentMap<V> {
  constructor(private readonly tree: Tree<V>) {}

  get size(): number {
    return this.tree.size;
  }
  get(key: string): V | undefined {
    return this.tree.get(key);
  }
  has(key: string): boolean {
    return this.tree.has(key);
  }
  with(key: string, value: V): PersistentMap<V> {
    const next = this.tree.clone();
    next.set(key, value);
    return new TreeMap(next);
  }
  without(key: string): PersistentMap<V> {
    if (!this.tree.has(key)) return this;
    if (this.tree.size === fewEntriesMax + 1) return fewOf([...this.tree.entries()].filter(([other]) => other !== key));
    const next = this.tree.clone();
    next.delete(key);
    return new TreeMap(next);
  }
  entries(from?: string): IterableIterator<[string, V]> {
    return this.tree.entries(from);
  }
  keys(from?: string): IterableIterator<string> {
    return this.tree.keys(from);
  }
  *values(from?: string): IterableIterator<V> {
    for (const [, value] of this.tree.entries(from)) yield value;
  }
  firstKey(): string | undefined {
    return this.tree.minKey();
  }
  first(): readonly [string, V] | undefined {
    return this.tree.nextHigherPair(undefined);
  }
  last(): readonly [string, V] | undefined {
    return this.tree.nextLowerPair(undefined);
  }
}

/**
 * Most maps of most SKUs have an entry or two: two arrays, side by side and sorted, as long as they need to be. (A leaf of
 * the tree that has grown by an entry has room for some twenty more.) Up to `fewEntriesMax` entries it is always this, beyond always a tree.
 */
class FewMap<V> implements PersistentMap<V> {
  constructor(
    private readonly names: readonly string[],
    private readonly held: readonly V[],
  ) {}

  get size(): number {
    return this.names.length;
  }
  get(key: string): V | undefined {
    const place = this.names.indexOf(key);
    return place < 0 ? undefined : this.held[place];
  }
  has(key: string): boolean {
    return this.names.includes(key);
  }
  with(key: string, value: V): PersistentMap<V> {
    const place = this.placeOf(key);
    if (this.names[place] === key) return new FewMap(this.names, this.held.with(place, value));
    if (this.names.length === fewEntriesMax) return new TreeMap(treeOf(this.entries())).with(key, value);
    return new FewMap(this.names.toSpliced(place, 0, key), this.held.toSpliced(place, 0, value));
  }
  without(key: string): PersistentMap<V> {
    const place = this.names.indexOf(key);
    if (place < 0) return this;
    return new FewMap(this.names.toSpliced(place, 1), this.held.toSpliced(place, 1));
  }
  *entries(from?: string): IterableIterator<[string, V]> {
    for (let place = this.placeOf(from); place < this.names.length; place++) yield this.entryAt(place);
  }
  keys(from?: string): IterableIterator<string> {
    return this.names.slice(this.placeOf(from)).values();
  }
  values(from?: string): IterableIterator<V> {
    return this.held.slice(this.placeOf(from)).values();
  }
  firstKey(): string | undefined {
    return this.names[0];
  }
  first(): readonly [string, V] | undefined {
    return this.names.length === 0 ? undefined : this.entryAt(0);
  }
  last(): readonly [string, V] | undefined {
    return this.names.length === 0 ? undefined : this.entryAt(this.names.length - 1);
  }
  private entryAt(place: number): [string, V] {
    return [this.names[place] as string, this.held[place] as V];
  }
  /** Where a key stands or would stand. */
  private placeOf(key = ''): number {
    let place = 0;
    while (place < this.names.length && (this.names[place] as string) < key) place += 1;
    return place;
  }
}
const fewEntriesMax = 8;

const fewOf = <V>(sorted: readonly (readonly [string, V])[]): PersistentMap<V> =>
  new FewMap(
    sorted.map(([key]) => key),
    sorted.map(([, value]) => value),
  );

const treeOf = <V>(entries: Iterable<readonly [string, V]>): Tree<V> => {
  const tree = new BTree<string, V>([], byCodeUnits, nodeEntriesMax);
  for (const [key, value] of entries) tree.set(key, value);
  return tree;
};

const empty = new FewMap<unknown>([], []);

/** The empty map; everything else grows from it by `with`. */
export const emptyMap = <V>(): PersistentMap<V> => empty as PersistentMap<V>;

/** The map of these entries; of two with one key the later stands. */
export const mapOf = <V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> => {
  const tree = treeOf(entries);
  return tree.size > fewEntriesMax ? new TreeMap(tree) : fewOf([...tree.entries()]);
};
