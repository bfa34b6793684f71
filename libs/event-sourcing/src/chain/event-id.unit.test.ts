import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uuidV8FromHash } from './event-id.js';

const hashes = fc.stringMatching(/^[0-9a-f]{64}$/);

/** The same out of slices. */
const bySlices = (hash: string): string => {
  const variant = '89ab'.charAt(Number.parseInt(hash.charAt(16), 16) & 3);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

it('is a UUID of version 8 with all other bits of the hash', () => {
  expect(uuidV8FromHash('0123456789abcdef0123456789abcdef' + '0'.repeat(32))).toBe(
    '01234567-89ab-8def-8123-456789abcdef',
  );
  expect(uuidV8FromHash('f'.repeat(64))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
  fc.assert(
    fc.property(hashes, (hash) => {
      expect(uuidV8FromHash(hash)).toBe(bySlices(hash));
    }),
  );
});

it('leaves the texts before it as they are: what it is written into is used again', () => {
  fc.assert(
    fc.property(fc.array(hashes), (all) => {
      expect(all.map(uuidV8FromHash)).toEqual(all.map(bySlices));
    }),
  );
});
