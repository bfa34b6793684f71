import type { Instant } from '#event-sourcing';

/**
 * Events on `observation-<connection>-<run>`: the figures that a machine gave of a location, judged as a whole before any
 * of them is compared on its SKU. The events of one arrival are one append.
 */

/** One figure of a run, in the SKU's base unit. */
export type Row = { readonly sku: string; readonly quantity: number };

/** `full`: all that the source has of the location; `partition`: all of a part of it; `delta`: what has changed there. */
export const runKinds = ['full', 'partition', 'delta'] as const;
export type RunKind = (typeof runKinds)[number];

export const runBases = ['on_hand', 'usable', 'free'] as const;
/** What the figures include; see `Basis` of a SKU's events. */
export type RunBasis = (typeof runBases)[number];

/** What a run is: in each of its events, so that each can be read alone. */
export type RunHeader = {
  readonly connection: string;
  readonly run: string;
  readonly location: string;
  readonly asOf: Instant;
  readonly basis: RunBasis;
  readonly kind: RunKind;
  readonly rowCount: number;
};

/**
 * What the ledger knew when it judged. `held`: SKUs that it has units of there; `missing`: those of them that the run does
 * not name; `zeros`: rows of 0 where it expects units; `changes`: rows that differ from what it expects; `units`: by how
 * much, all together; `unitsBefore`: those of the source's runs there of the last 24 hours; `lastAsOf`: its last run there.
 */
export type Evidence = {
  readonly held: number;
  readonly missing: number;
  readonly zeros: number;
  readonly changes: number;
  readonly units: number;
  readonly unitsBefore: number;
  readonly lastAsOf?: Instant;
};

/** Why a run waits for a person, with the numbers. */
export type HoldReason =
  | { readonly reason: 'missing' | 'zeros' | 'changes' | 'units_per_day'; readonly found: number; readonly max: number }
  | { readonly reason: 'going_backwards'; readonly asOf: Instant; readonly lastAsOf: Instant };

type Event<Type extends string, Data> = { readonly type: Type; readonly data: Data; readonly occurredAt: Instant };

/** What was said, in parts of at most `rowsPerEventMax` rows; `part` counts from 1. */
export type RunReceived = Event<
  'RunReceived',
  RunHeader & { readonly part: number; readonly parts: number; readonly hash: string; readonly rows: readonly Row[] }
>;
/** Accepted: every figure goes to its SKU. Held: none does until a person says so. */
export type RunJudged = Event<
  'RunJudged',
  RunHeader & {
    readonly verdict: 'accepted' | 'held';
    readonly reasons: readonly HoldReason[];
    readonly evidence: Evidence;
  }
>;
/** A person has looked: these rows are posted at once. `rest`: rows that still wait. */
export type RunReleased = Event<
  'RunReleased',
  RunHeader & { readonly skus: readonly string[]; readonly rest: number; readonly reason: string }
>;
/** A person has looked: what has not been released never will be. */
export type RunRejected = Event<'RunRejected', RunHeader & { readonly rest: number; readonly reason: string }>;

export type ObservationEvent = RunReceived | RunJudged | RunReleased | RunRejected;
