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

/**
 * Units of a purchase-order line that have not arrived. `confidence`: the share of what was ordered that is counted on,
 * in basis points. `pledged`: units that are promised to order lines or held by carts already.
 */
export type IncomingSupply = {
  readonly line: string;
  /** Where they will arrive. */
  readonly location: string;
  readonly quantity: number;
  /** Left out: nobody knows. */
  readonly eta?: string;
  readonly confirmed: boolean;
  readonly confidence: number;
  readonly pledged: number;
  readonly origin?: Origin;
};

export type Supply = {
  readonly locations: readonly LocationSupply[];
  readonly unsourced: readonly UnsourcedSupply[];
  readonly incoming?: readonly IncomingSupply[];
  /** Units that were sold in pre-orders, by their line: those that wait for the release, and those that have a place already. */
  readonly preordered?: readonly { readonly line: string; readonly filled: number; readonly pledged: number }[];
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
  /** Units kept back: `hard` from every promise, `soft` from display alone. Rounded up. */
  readonly buffer?: BufferPolicy;
  /** The most that is shown. Rounded down. */
  readonly cap?: Share;
  /** Units that have not arrived may be promised too; left out: never. */
  readonly backorder?: BackorderPolicy;
  /** Until its release the SKU is sold by this rule alone. Only a SKU's own terms say it. */
  readonly preorder?: PreorderPolicy;
  /** By the class of its payment: when an unpaid order is looked at again. No term of availability. */
  readonly paymentClasses?: PaymentClasses;
  readonly revision: number;
  /** For one SKU: where the terms come from that it has of its own in this channel. */
  readonly overridden?: { readonly [Name in keyof SkuTerms]?: Origin };
};

/** What one SKU has of its own in a channel; what is left out is as the channel says. `never`: no backorders of it. */
export type SkuTerms = {
  readonly buffer?: BufferPolicy;
  readonly cap?: Share;
  readonly backorder?: BackorderPolicy | 'never';
  readonly preorder?: PreorderPolicy;
};

/** From `opensAt` on at most `unitsMax` units in all are sold, for the moment of the release. Instants; the first is before the other. */
export type PreorderPolicy = { readonly opensAt: string; readonly releaseAt: string; readonly unitsMax: number };

/** The terms that a SKU has of its own, by channel. */
export type SkuPolicy = {
  readonly sku: string;
  readonly channels: { readonly [channel: string]: SkuTerms };
  readonly revision: number;
};

/** By class (a code of the channel's own): so many hours after it was placed an unpaid order is to be looked at again. */
export type PaymentClasses = { readonly [code: string]: { readonly reviewAfterHours: number } };

/** Incoming units may be promised while they are expected within so many days from now. */
export type BackorderPolicy = { readonly horizonDays: number };

/** So many units, or a share of the channel's pool in basis points (10,000: all of it), at most `unitsMax`. */
export type Share = { readonly units: number } | { readonly basisPoints: number; readonly unitsMax?: number };
export const bufferEffects = ['soft', 'hard'] as const;
export type BufferPolicy = Share & { readonly effect: (typeof bufferEffects)[number] };

/** What `availability` answers under: one channel's policy, beside all of them (who shares a location with whom). */
export type AtpPolicy = {
  readonly channel: ChannelPolicy;
  readonly channels: ReadonlyMap<string, ChannelPolicy>;
  /** At least those that are not open and those that say when units leave them. */
  readonly locations: ReadonlyMap<string, LocationStanding>;
};

export const locationKinds = ['own', 'third_party', 'shop', 'external', 'supplier'] as const;
/**
 * `open`: sells. `no_new_orders`, `counting`, `closed`: nothing new is promised from there, whatever it holds; what was
 * committed there stays, and facts about it are taken.
 */
export const locationStates = ['open', 'no_new_orders', 'counting', 'closed'] as const;
export type LocationKind = (typeof locationKinds)[number];
export type LocationState = (typeof locationStates)[number];
export type LocationStanding = Pick<LocationPolicy, 'state' | 'revision' | 'dispatch'>;

/**
 * When units leave a location: on the day on which they are promised before `cutOff` (`HH:MM` in its zone of the IANA database), else on
 * the next one, and so many calendar days later (0 to 60).
 */
export type DispatchPolicy = { readonly cutOff: string; readonly timeZone: string; readonly handlingDays: number };

/**
 * How the figures that one connection gives of a location are judged. Shares are basis points: of the SKUs that the ledger
 * holds there (missing, zeros) and of the figures of a run (changes). Beyond one of them a whole run waits for a person.
 */
export type ObserverPolicy = {
  readonly connection: string;
  /** How long after it happened a movement may be missing from its figures. */
  readonly postingLagMillis: number;
  readonly missingMax: number;
  readonly zerosMax: number;
  readonly changesMax: number;
  /** Units that its runs may post there within 24 hours; left out: any number. */
  readonly unitsPerDayMax?: number;
};

export type LocationPolicy = {
  readonly location: string;
  readonly kind: LocationKind;
  readonly state: LocationState;
  readonly author: string;
  /** Single kinds of fact given to another connection. */
  readonly authors: Readonly<Partial<Record<string, string>>>;
  /** By connection, in the order of their codes; those without settings are judged by the usual ones. */
  readonly observers?: readonly ObserverPolicy[];
  /** Left out: nobody has said when units leave. */
  readonly dispatch?: DispatchPolicy;
  readonly revision: number;
};

/** `limited`: units may be promised, but none is shown (a soft buffer or a cap holds all of them back). */
export type AvailabilityState = 'in_stock' | 'limited' | 'backorder' | 'preorder' | 'out_of_stock';

/** One number that went in; they sum to atp. */
export type Term = {
  readonly term:
    | 'sellable'
    | 'not_open'
    | 'owed_by_location'
    | 'owed_unsourced'
    | 'floor'
    | 'hard_buffer'
    | 'fenced'
    | 'incoming'
    | 'not_released'
    | 'preorder'
    | 'preordered';
  readonly quantity: number;
  readonly location?: string;
  readonly channel?: string;
  /** Of the purchase order that units are incoming on. */
  readonly incomingLine?: string;
  readonly origin?: Origin;
};

/** One number by which less is shown than may be promised; with atp they sum to what is shown. */
export type ShownTerm = { readonly term: 'soft_buffer' | 'cap'; readonly quantity: number; readonly origin: Origin };

/**
 * Units that can be promised from a moment on, and the line that brings them; those that are there have neither.
 * `dispatchOn`: the day on which they leave, `YYYY-MM-DD` where their location is, if promised now; left out where the
 * location does not say.
 */
export type Tranche = {
  readonly quantity: number;
  readonly availableAt?: string;
  readonly incomingLine?: string;
  readonly dispatchOn?: string;
};

/** Units of one line that may be promised now. */
export type EligibleIncoming = {
  readonly line: string;
  readonly location: string;
  readonly units: number;
  readonly availableAt: string;
};

/** What may be promised from a location; `incoming` of it has not arrived there. */
export type LocationShare = { readonly location: string; readonly quantity: number; readonly incoming?: number };

export type Availability = {
  readonly channel: string;
  readonly atp: number;
  readonly shown: number;
  readonly byLocation: readonly LocationShare[];
  readonly tranches: readonly Tranche[];
  readonly state: AvailabilityState;
  readonly terms: readonly Term[];
  readonly shownTerms: readonly ShownTerm[];
  readonly validUntil?: string;
};
