/** Pure shapes of available-to-promise. Integers in base units; nothing here knows an event or a store. */

/** Where a number comes from: an event (`stream` and its revision) or a policy's revision. */
export type Origin = { readonly stream: string; readonly revision: number };

/** One location's balances of a SKU. Units in expired holds count as sellable already. */
export type LocationSupply = {
  readonly location: string;
  readonly sellable: number;
  readonly committed: number;
  /** Units fenced for channels there. */
  readonly fenced: Readonly<Record<string, number>>;
  readonly origin?: Origin;
};

/** What stands at `unsourced:<channel>`: negative sellable is what the channel owes and no place covers. */
export type UnsourcedSupply = { readonly channel: string; readonly sellable: number; readonly origin?: Origin };

export type Supply = {
  readonly locations: readonly LocationSupply[];
  readonly unsourced: readonly UnsourcedSupply[];
  /** The next instant at which the supply changes without an event: the earliest expiry of an open hold. */
  readonly nextExpiry?: string;
};

/** What a channel may promise from. Every number has the revision of its policy stream. */
export type ChannelPolicy = {
  readonly channel: string;
  readonly connection: string;
  /** In the order of taking. */
  readonly locations: readonly string[];
  readonly reservationTtlMillis: number;
  /** Another order of the same cart may follow the first: what is left of a hold stays for 60 s. */
  readonly splitCarts: boolean;
  readonly revision: number;
  /** The places of what is to come: units kept back from display, and the most that may be shown. Nobody can set them yet. */
  readonly buffer?: never;
  readonly cap?: never;
};

/** What `availability` answers under: one channel's policy, beside all of them (who shares a location with whom). */
export type AtpPolicy = { readonly channel: ChannelPolicy; readonly channels: ReadonlyMap<string, ChannelPolicy> };

export type LocationPolicy = {
  readonly location: string;
  readonly author: string;
  /** Single kinds of fact given to another connection. */
  readonly authors: Readonly<Partial<Record<string, string>>>;
  readonly revision: number;
};

export type AvailabilityState = 'in_stock' | 'limited' | 'backorder' | 'preorder' | 'out_of_stock';

/** One number that went in; they sum to atp. */
export type Term = {
  readonly term: 'sellable' | 'owed_by_location' | 'owed_unsourced' | 'floor' | 'fenced' | 'buffer' | 'incoming';
  readonly quantity: number;
  readonly location?: string;
  readonly channel?: string;
  readonly origin?: Origin;
};

/** Units that can be promised with a dispatch date; now has none. */
export type Tranche = { readonly quantity: number; readonly availableAt?: string };

export type Availability = {
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly byLocation: readonly { readonly location: string; readonly quantity: number }[];
  readonly tranches: readonly Tranche[];
  readonly state: AvailabilityState;
  readonly terms: readonly Term[];
  readonly validUntil?: string;
};
