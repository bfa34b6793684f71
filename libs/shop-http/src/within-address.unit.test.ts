import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idCharsMax, piecesWithinAddress } from './within-address.js';

type Ids = readonly [product: string, variant: string];

const id = fc.nat(2_147_483_647).map(String);
const items = fc.array(fc.tuple(id, id), { maxLength: 600 });
const simple = Array.from({ length: 600 }, (_, nth): Ids => [String(10_000 + nth), '0']);

/** What the two lists of ids take of an address. */
const charsOf = (all: readonly Ids[]): number =>
  [0, 1].map((list) => encodeURIComponent([...new Set(all.map((ids) => ids[list]))].join('|'))).join('').length;

const piecesOf = (all: readonly Ids[]) => piecesWithinAddress(all, (ids) => ids);

describe('the questions for many rows', () => {
  it('name every row once, in their order, and none has a longer address than servers take', () => {
    fc.assert(
      fc.property(items, (all) => {
        const pieces = piecesOf(all);
        expect(pieces.flat()).toEqual(all);
        expect(pieces.every((piece) => piece.length > 0 && charsOf(piece) <= idCharsMax)).toBe(true);
      }),
    );
  });

  it('are few: an id that rows share is named once', () => {
    expect(piecesOf(simple)).toHaveLength(2);
    expect(piecesOf(simple.slice(0, 300).map(([variant]) => ['42', variant]))).toHaveLength(1);
  });

  it('control: without a bound the address of 600 rows would be longer than that', () => {
    expect(charsOf(simple)).toBeGreaterThan(idCharsMax);
  });
});
