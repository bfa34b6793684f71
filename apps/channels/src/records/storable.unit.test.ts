import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordLimits } from './limits.js';
import { storable } from './storable.js';

it('is text that PostgreSQL takes, and no longer than it may be', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(anything, (text) => {
      const stored = storable(text);
      expect(stored.length).toBeLessThanOrEqual(recordLimits.idCharactersMax);
      expect([stored.includes('\0'), /\p{Surrogate}/u.test(stored)]).toEqual([false, false]);
    }),
  );
});

it('is what it was where nothing is wrong with it', () => expect(storable('42:7 Größe')).toBe('42:7 Größe'));
it('control: half a character and a zero are taken out', () => expect(storable('\ud83d\0')).toBe('\u{fffd}\u{fffd}'));
