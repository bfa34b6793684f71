import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditOf, nameOf, type Listing } from './mapping.js';

const listing = (product: string, references: readonly string[], more: Partial<Listing> = {}): Listing => ({
  ...{ row: `${product}-0@s1g0`, product, references, title: `Product ${product}` },
  ...more,
});
const skus = new Set(['A', 'B', 'C']);
const isSku = (reference: string): boolean => skus.has(reference);

it('proposes what is exactly one SKU, and says why of the rest', () => {
  const unfit = { code: 'pack_of_both', detail: 'change it' };
  const audit = auditOf(
    [
      listing('1', ['A']),
      listing('2', ['B'], { variant: '7' }),
      listing('3', ['a']),
      listing('4', []),
      listing('5', ['A', 'B2']),
      listing('6', ['X']),
      listing('7', ['X']),
      listing('8', ['C'], { unfit }),
      listing('9', ['Y']),
    ],
    [
      { product: '9', sku: 'C', unitsPerSale: 6 },
      { product: '10', sku: 'A', unitsPerSale: 1 },
    ],
    isSku,
  );
  expect(audit.proposals).toEqual([{ product: '2', variant: '7', sku: 'B', unitsPerSale: 1 }]);
  expect(audit.unmapped.map(({ listing: of, why }) => [of.product, why])).toEqual([
    ['1', 'duplicate_reference'],
    ['3', 'unknown_sku'],
    ['4', 'no_reference'],
    ['5', 'several_references'],
    ['6', 'duplicate_reference'],
    ['7', 'duplicate_reference'],
  ]);
  expect(audit.unfit.map(({ product }) => product)).toEqual(['8']);
  expect(audit.differing.map(({ mapping }) => mapping.sku)).toEqual(['C']);
  expect(audit.gone.map(({ product }) => product)).toEqual(['10']);
  expect([audit.listings, audit.mapped]).toEqual([9, 1]);
});

it('proposes no SKU twice, nothing that is mapped, nothing that is not a SKU; and once done proposes nothing', () => {
  const reference = fc.constantFrom('A', 'B', 'C', 'D', 'a', '');
  const listings = fc.uniqueArray(
    fc.record({
      product: fc.nat(5).map(String),
      variant: fc.option(fc.nat(2).map(String), { nil: undefined }),
      references: fc.array(reference, { maxLength: 2 }),
    }),
    { selector: ({ product, variant }) => `${product}:${variant}` },
  );
  fc.assert(
    fc.property(listings, fc.nat(3), (made, mapped) => {
      const all = made.map(({ product, variant, references }) =>
        listing(product, references, { ...(variant !== undefined && { variant }) }),
      );
      const mappings = all.slice(0, mapped).map((one) => ({
        ...{ product: one.product, sku: 'Z', unitsPerSale: 1 },
        ...(one.variant !== undefined && { variant: one.variant }),
      }));
      const { proposals } = auditOf(all, mappings, isSku);
      expect(new Set(proposals.map(({ sku }) => sku)).size).toBe(proposals.length);
      for (const proposal of proposals) {
        expect(isSku(proposal.sku)).toBe(true);
        expect(mappings.map(nameOf)).not.toContain(nameOf(proposal));
      }
      expect(auditOf(all, [...mappings, ...proposals], isSku).proposals).toEqual([]);
    }),
  );
});
