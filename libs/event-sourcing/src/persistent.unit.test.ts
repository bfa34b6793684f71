import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMap, mapOf, type PersistentMap } from './persistent.js';

const keys = fc.oneof(fc.string({ unit: 'binary', maxLength: 4 }), fc.nat(40).map(String));
const changes = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('with' as const), key: keys, value: fc.integer() }),
    fc.record({ kind: fc.constant('without' as const), key: keys }),
  ),
  { maxLength: 300 },
);
const sorted = (model: ReadonlyMap<string, number>) => [...model].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

describe('PersistentMap', () => {
  it('answers what a sorted Map does, and no version ever changes again', () => {
    fc.assert(
      fc.property(changes, keys, (steps, from) => {
        const versions: [PersistentMap<number>, ReadonlyMap<string, number>][] = [[emptyMap(), new Map()]];
        for (const [index, step] of steps.entries()) {
          const base = versions[index % 7 === 0 ? Math.floor(index / 2) : index]!;
          const model = new Map(base[1]);
          if (step.kind === 'with') model.set(step.key, step.value);
          else model.delete(step.key);
          versions.push([step.kind === 'with' ? base[0].with(step.key, step.value) : base[0].without(step.key), model]);
        }
        for (const [map, model] of versions) {
          expect([...map.entries()]).toEqual(sorted(model));
          expect(map.size).toBe(model.size);
        }
        const [map, model] = versions.at(-1)!;
        const expected = sorted(model);
        expect([...map.entries(from)]).toEqual(expected.filter(([key]) => key >= from));
        expect([...map.keys()]).toEqual(expected.map(([key]) => key));
        expect([...map.values()]).toEqual(expected.map(([, value]) => value));
        expect(map.firstKey()).toBe(expected[0]?.[0]);
        expect(map.first()).toEqual(expected[0]);
        expect(map.last()).toEqual(expected.at(-1));
        expect(map.get(from)).toBe(model.get(from));
        expect(map.has(from)).toBe(model.has(from));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps thousands of versions apart', () => {
    const full = mapOf(
      Array.from({ length: 5_000 }, (_, index) => [`key-${String(index).padStart(5, '0')}`, index] as const),
    );
    let emptied = full;
    for (const key of full.keys()) emptied = emptied.without(key);
    expect(emptied.size).toBe(0);
    expect(full.size).toBe(5_000);
    expect([...full.values('key-04998')]).toEqual([4_998, 4_999]);
  });
});
