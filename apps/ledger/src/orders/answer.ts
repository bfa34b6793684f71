import type { Position, Revision } from '#event-sourcing';
import { productKey, type FrozenLine, type OrderRefusal, type OrderState, type SnapshotLine } from '#orders';
import { unsourcedOf, type Backordered, type LineStanding, type OrderLine, type StockRefusal } from '#stock';
import type { Failure } from '../failure.js';
import type { SkuOutcome } from './send-targets.js';

/**
 * Where a line stands. `committed`: every unit that is still to be issued has a place. `unsourced`: some are owed and
 * no place covers them. `backordered`: none is owed, but some wait for what is incoming. `unmapped`: waits for a listing. `pending`: its SKU stream has not answered; the backstop
 * brings the target there.
 */
export type LineStatus = 'committed' | 'unsourced' | 'backordered' | 'unmapped' | 'pending';

/** What a line has of one SKU, in its base units; absent while it is pending. */
export type SkuAnswer = {
  readonly sku: string;
  readonly status: Exclude<LineStatus, 'unmapped'>;
  readonly committed?: number;
  readonly unsourced?: number;
  readonly issued?: number;
  /** Why it will not arrive by itself. */
  readonly refusal?: StockRefusal;
};

/**
 * Base units; absent while the line is unmapped or pending. A line of a bundle is in bundles: `committed` and `issued` are
 * those that are whole, `unsourced` those that lack a component.
 */
export type LineAnswer = {
  readonly line: string;
  readonly status: LineStatus;
  /** The line's key on its SKU stream. */
  readonly key?: string;
  readonly sku?: string;
  readonly committed?: number;
  readonly unsourced?: number;
  /** Units that were promised out of what is incoming, and for when. */
  readonly backordered?: readonly Backordered[];
  readonly issued?: number;
  /** Why a pending line will not arrive by itself. */
  readonly refusal?: StockRefusal;
  /** Of a bundle: what it has of each component. */
  readonly components?: readonly SkuAnswer[];
};

export type OrderAnswer =
  | {
      readonly kind: 'recorded';
      /** Of the newest snapshot; higher than the one sent when that was overtaken. */
      readonly version?: number;
      readonly revision: Revision;
      /** Whether this command appended anything to the order. */
      readonly changed: boolean;
      readonly opened: boolean;
      /** The highest position that anything has which followed from this command here. */
      readonly position?: Position;
      /** The lines of the newest snapshot. */
      readonly lines: readonly LineAnswer[];
    }
  | { readonly kind: 'failed'; readonly failure: Failure<OrderRefusal> };

/** How the answer looks a line up in a SKU's state. */
export type LineIn<State> = (state: State, order: OrderLine) => LineStanding | undefined;

export type Standings<State> = {
  readonly channel: string;
  readonly orderKey: string;
  readonly outcomes: ReadonlyMap<string, SkuOutcome<State>>;
  readonly lineIn: LineIn<State>;
};

const sumOf = (committed: LineStanding['committed'], at: (location: string) => boolean): number =>
  committed.reduce((sum, { location, quantity }) => sum + (at(location) ? quantity : 0), 0);

/** A closed line that the state has forgotten has nothing committed. */
const standingAnswer = (sku: string, standing: LineStanding | undefined, channel: string): SkuAnswer => {
  const owed = unsourcedOf(channel);
  const unsourced = sumOf(standing?.committed ?? [], (location) => location === owed);
  return {
    sku,
    status: unsourced > 0 ? 'unsourced' : standing?.backordered ? 'backordered' : 'committed',
    committed: sumOf(standing?.committed ?? [], (location) => location !== owed),
    unsourced,
    ...(standing?.backordered && { backordered: standing.backordered }),
    ...(standing === undefined ? {} : { issued: standing.issued }),
  };
};

const skuAnswer = <State>(
  sku: string,
  line: string,
  { channel, orderKey, outcomes, lineIn }: Standings<State>,
): SkuAnswer => {
  const outcome = outcomes.get(sku);
  if (outcome?.kind === 'accepted')
    return standingAnswer(sku, lineIn(outcome.state, { channel, orderKey, line }), channel);
  return { sku, status: 'pending', ...(outcome?.kind === 'refused' ? { refusal: outcome.refusal } : {}) };
};

const bundleStatus = (components: readonly SkuAnswer[]): SkuAnswer['status'] => {
  if (components.some(({ status }) => status === 'pending')) return 'pending';
  const worst = (['unsourced', 'backordered'] as const).find((one) => components.some(({ status }) => status === one));
  return worst ?? 'committed';
};

/** Whole bundles: the fewest that its components make, and the most that one of them lacks. */
const bundleAnswer = ({ sku, bundle }: FrozenLine, components: readonly SkuAnswer[]): Omit<LineAnswer, 'line'> => {
  const status = bundleStatus(components);
  const refused = components.find(({ refusal }) => refusal !== undefined);
  const inBundles = (figure: 'committed' | 'unsourced' | 'issued', whole: (units: number) => number) =>
    components.map((component, index) => whole((component[figure] ?? 0) / (bundle?.components[index]?.units ?? 1)));
  return {
    sku,
    status,
    ...(status !== 'pending' && {
      committed: Math.min(...inBundles('committed', Math.floor)),
      unsourced: Math.max(...inBundles('unsourced', Math.ceil)),
      issued: Math.min(...inBundles('issued', Math.floor)),
    }),
    ...(refused?.refusal && { refusal: refused.refusal }),
    components,
  };
};

const frozenAnswer = <State>(line: FrozenLine, standings: Standings<State>): LineAnswer => {
  const named = { line: line.line, key: line.key };
  if (line.bundle === undefined) return { ...named, ...skuAnswer(line.sku, line.key, standings) };
  const components = line.bundle.components.map(({ sku }) => skuAnswer(sku, line.key, standings));
  return { ...named, ...bundleAnswer(line, components) };
};

const identityOf = (line: Pick<FrozenLine, 'line' | 'product'>): string => `${line.product} ${line.line}`;

/** One answer per line of the newest snapshot, in its order. */
export const lineAnswers = <State>(order: OrderState, standings: Standings<State>): readonly LineAnswer[] => {
  const frozen = new Map(order.frozen.map((line) => [identityOf(line), line]));
  const answer = ({ line, product }: SnapshotLine): LineAnswer => {
    const found = frozen.get(identityOf({ line, product: productKey(product) }));
    return found === undefined ? { line, status: 'unmapped' } : frozenAnswer(found, standings);
  };
  return order.recorded?.snapshot.lines.map(answer) ?? [];
};
