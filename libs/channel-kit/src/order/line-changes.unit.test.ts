import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lineChanges, newIn } from './line-changes.js';

const line = (id: number, quantity = 1) => ({ id, quantity });

const reading = fc.uniqueArray(fc.record({ id: fc.nat(6), quantity: fc.nat(3) }), { selector: ({ id }) => id });

it('a line is kept, added or removed', () => {
  expect(lineChanges([line(1), line(2)], [line(2, 5), line(3)])).toEqual([
    { kind: 'kept', before: line(2), after: line(2, 5) },
    { kind: 'added', after: line(3) },
    { kind: 'removed', before: line(1) },
  ]);
});

it('each line of both readings is told once, as it was and as it is', () => {
  fc.assert(
    fc.property(reading, reading, (before, after) => {
      const changes = lineChanges(before, after);
      const befores = changes.flatMap((change) => (change.kind === 'added' ? [] : [change.before]));
      const afters = changes.flatMap((change) => (change.kind === 'removed' ? [] : [change.after]));
      expect(new Set(befores)).toEqual(new Set(before));
      expect(afters).toEqual(after);
      expect(changes.filter(({ kind }) => kind === 'added')).toHaveLength(newIn(before, after).length);
    }),
  );
});
