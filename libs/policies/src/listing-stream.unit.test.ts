import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProductIds } from './events.js';
import { listingStream, parseListingStream } from './listing-stream.js';

/** Everything that a string can be in JavaScript, lone surrogates included, with the separators crowded in. */
const anyText = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: fc.constantFrom('-', ':', '%', 'u', 'D', '8', '0', '~', "'", 'é', '\ud83d', '\ude00', 'a', '3') }),
);
const anyIds: fc.Arbitrary<ProductIds> = fc.oneof(
  anyText.map((product) => ({ product })),
  fc.record({ product: anyText, variant: anyText }),
);

describe('the stream of a listing', () => {
  test.each([
    [{ product: '31' }, 'listing-web-31'],
    [{ product: '31', variant: '' }, 'listing-web-31:'],
    [{ product: '31', variant: 'L-XL' }, 'listing-web-31:L%2DXL'],
    [{ product: "a:b%'é" }, 'listing-web-a%3Ab%25%27%C3%A9'],
    [{ product: '😀' }, 'listing-web-%F0%9F%98%80'],
    [{ product: '\ud83d' }, 'listing-web-%uD83D'],
  ])('of %j is %s', (ids, stream) => {
    expect(listingStream('web', ids)).toBe(stream);
  });

  test('every id has a stream, and its name gives the id back', () => {
    fc.assert(
      fc.property(anyIds, (ids) => {
        expect(parseListingStream(listingStream('web_2', ids))).toEqual({ channel: 'web_2', ids });
      }),
      { numRuns: 1_000 },
    );
  });

  test('names that no listing has are none', () => {
    const names = [
      'order-web-1',
      'listing-web',
      'listing-WEB-1',
      'listing-web-%',
      'listing-web-%FF',
      'listing-web-%41',
    ];
    expect(names.map(parseListingStream)).toEqual(names.map(() => undefined));
  });

  test('control: without escaping the separator, two ids meet in one stream', () => {
    const naive = ({ product, variant }: ProductIds) =>
      [product, ...(variant === undefined ? [] : [variant])].join(':');
    expect(naive({ product: 'a:b' })).toBe(naive({ product: 'a', variant: 'b' }));
    expect(listingStream('web', { product: 'a:b' })).not.toBe(listingStream('web', { product: 'a', variant: 'b' }));
  });
});
