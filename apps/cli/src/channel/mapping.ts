/** A listing of the shop, as the ledger's API shows it. */
export type Listing = {
  readonly row: string;
  readonly product: string;
  readonly variant?: string;
  readonly references: readonly string[];
  readonly title: string;
  readonly unfit?: { readonly code: string; readonly detail: string };
};

export type Mapping = {
  readonly product: string;
  readonly variant?: string;
  readonly sku: string;
  readonly unitsPerSale: number;
};

/** Why a listing is not sold through the ledger. */
export type Unmapped = {
  readonly listing: Listing;
  readonly why: 'no_reference' | 'several_references' | 'unknown_sku' | 'duplicate_reference';
  readonly references: readonly string[];
};

export type Audit = {
  readonly listings: number;
  readonly mapped: number;
  /** Not mapped, and its reference is a SKU that no other listing refers to. */
  readonly proposals: readonly Mapping[];
  readonly unmapped: readonly Unmapped[];
  /** A person has to change them in the shop, mapped or not. */
  readonly unfit: readonly Listing[];
  /** Mapped to a SKU that is not what the shop calls it: looked at, never changed. */
  readonly differing: readonly { readonly listing: Listing; readonly mapping: Mapping }[];
  /** Mapped, and the shop does not have it any more. */
  readonly gone: readonly Mapping[];
};

/** As order lines and mappings name it: `42`, `42:7`. */
export const nameOf = ({ product, variant }: Pick<Listing, 'product' | 'variant'>): string =>
  variant === undefined ? product : `${product}:${variant}`;

/** References of listings that a mapping may come from. */
export const referencesOf = (listings: readonly Listing[]): readonly string[] => [
  ...new Set(listings.flatMap(({ references }) => references)),
];

/**
 * What stands between a shop and the ledger. A mapping is proposed where a listing has one reference, that is exactly a SKU,
 * and it stands on no other listing: of two that share one nobody knows which is meant.
 *
 * @param isSku of a reference: whether the ledger knows it
 */
export const auditOf = (
  listings: readonly Listing[],
  mappings: readonly Mapping[],
  isSku: (reference: string) => boolean,
): Audit => {
  const mappedAs = new Map(mappings.map((mapping) => [nameOf(mapping), mapping]));
  const names = new Set(listings.map(nameOf));
  const bearers = bearersOf(listings);
  const open = listings.filter((listing) => !mappedAs.has(nameOf(listing)));
  const judged = open.map((listing) => ({ listing, verdict: judge(listing, bearers, isSku) }));
  return {
    listings: listings.length,
    mapped: listings.length - open.length,
    proposals: judged.flatMap(({ listing, verdict }) =>
      'sku' in verdict && listing.unfit === undefined ? [mappingOf(listing, verdict.sku)] : [],
    ),
    unmapped: judged.flatMap(({ listing, verdict }) =>
      'why' in verdict ? [{ listing, why: verdict.why, references: listing.references }] : [],
    ),
    unfit: listings.filter(({ unfit }) => unfit !== undefined),
    differing: listings.flatMap((listing) => {
      const mapping = mappedAs.get(nameOf(listing));
      return mapping === undefined || listing.references.includes(mapping.sku) ? [] : [{ listing, mapping }];
    }),
    gone: mappings.filter((mapping) => !names.has(nameOf(mapping))),
  };
};

const bearersOf = (listings: readonly Listing[]): ReadonlyMap<string, number> => {
  const bearers = new Map<string, number>();
  for (const { references } of listings)
    for (const reference of new Set(references)) bearers.set(reference, (bearers.get(reference) ?? 0) + 1);
  return bearers;
};

const judge = (
  { references }: Listing,
  bearers: ReadonlyMap<string, number>,
  isSku: (reference: string) => boolean,
): { readonly sku: string } | Pick<Unmapped, 'why'> => {
  const [reference, ...more] = new Set(references);
  if (reference === undefined) return { why: 'no_reference' };
  if (more.length > 0) return { why: 'several_references' };
  if ((bearers.get(reference) ?? 0) > 1) return { why: 'duplicate_reference' };
  return isSku(reference) ? { sku: reference } : { why: 'unknown_sku' };
};

const mappingOf = ({ product, variant }: Listing, sku: string): Mapping => ({
  product,
  ...(variant !== undefined && { variant }),
  ...{ sku, unitsPerSale: 1 },
});
