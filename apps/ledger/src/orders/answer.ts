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

/** Base units; absent while the line is unmapped or pending. */
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
const standingAnswer = (line: FrozenLine, standing: LineStanding | undefined, channel: string): LineAnswer => {
  const owed = unsourcedOf(channel);
  const unsourced = sumOf(standing?.committed ?? [], (location) => location === owed);
  return {
    line: line.line,
    status: unsourced > 0 ? 'unsourced' : standing?.backordered ? 'backordered' : 'committed',
    key: line.key,
    sku: line.sku,
    committed: sumOf(standing?.committed ?? [], (location) => location !== owed),
    unsourced,
    ...(standing?.backordered && { backordered: standing.backordered }),
    ...(standing === undefined ? {} : { issued: standing.issued }),
  };
};

const frozenAnswer = <State>(
  line: FrozenLine,
  { channel, orderKey, outcomes, lineIn }: Standings<State>,
): LineAnswer => {
  const outcome = outcomes.get(line.sku);
  if (outcome?.kind === 'accepted')
    return standingAnswer(line, lineIn(outcome.state, { channel, orderKey, line: line.key }), channel);
  const refusal = outcome?.kind === 'refused' ? { refusal: outcome.refusal } : {};
  return { line: line.line, status: 'pending', key: line.key, sku: line.sku, ...refusal };
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
