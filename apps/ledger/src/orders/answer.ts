import type { Changing, Position, Revision } from '#event-sourcing';
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

/** An answer that has begun, with its SKU: pending until it is known how the SKU stands. */
type Begun = Changing<SkuAnswer & Pick<LineAnswer, 'backordered'>>;

const sumOf = (committed: LineStanding['committed']): number => {
  let sum = 0;
  for (const { quantity } of committed) sum += quantity;
  return sum;
};

/**
 * A closed line that the state has forgotten has nothing committed. Written into an answer that has begun: two of them put
 * together by spreading would cost a call for each property.
 */
const putStanding = (answer: Begun, standing: LineStanding | undefined, channel: string): void => {
  const committed = standing?.committed ?? [];
  const owed = unsourcedOf(channel);
  const unsourced = sumOf(committed.filter(({ location }) => location === owed));
  answer.status = unsourced > 0 ? 'unsourced' : standing?.backordered ? 'backordered' : 'committed';
  answer.committed = sumOf(committed) - unsourced;
  answer.unsourced = unsourced;
  if (standing === undefined) return;
  if (standing.backordered) answer.backordered = standing.backordered;
  answer.issued = standing.issued;
};

/** Writes what a line has of one SKU into an answer that has begun. */
const putSku = <Answer extends Begun, State>(
  answer: Answer,
  line: string,
  { channel, orderKey, outcomes, lineIn }: Standings<State>,
): Answer => {
  const outcome = outcomes.get(answer.sku);
  if (outcome?.kind === 'accepted') putStanding(answer, lineIn(outcome.state, { channel, orderKey, line }), channel);
  else if (outcome?.kind === 'refused') answer.refusal = outcome.refusal;
  return answer;
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
  const { key, sku } = line;
  if (line.bundle === undefined)
    return putSku<Begun & Pick<LineAnswer, 'line' | 'key'>, State>(
      { line: line.line, key, sku, status: 'pending' },
      key,
      standings,
    );
  const components = line.bundle.components.map((component) =>
    putSku<Begun, State>({ sku: component.sku, status: 'pending' }, key, standings),
  );
  return { line: line.line, key, ...bundleAnswer(line, components) };
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
