import type { EventStore, Position } from '#event-sourcing';
import { targetsOf } from '#orders';
import { readTakenLines, type AskedLine, type TakenLine } from '#read-model';
import type { Pool } from '#postgres';
import type { LedgerSide, OrdersTaken, OrderVersion, RefusedOrder } from '../contracts/index.js';
import { readOrders, type KnownOrder } from './order-states.js';

/** A message of an order that the intake has put aside, or that a person has discarded. */
export type ParkedOrder = OrderVersion & { readonly code: string; readonly detail: string };

export type IncludedParts = {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'read' | 'head'>;
  /** Messages of these orders that could not be taken in and were not replayed since. */
  readonly parked: (orders: readonly Omit<OrderVersion, 'version'>[]) => Promise<readonly ParkedOrder[]>;
  /** Up to here every target of an order has arrived at its SKU, or never will by itself. */
  readonly delivered: () => Promise<Position | undefined>;
};

export const includedOrdersMax = 500;

/**
 * What has become of orders that were told: one read of their streams, and one of what their SKUs know of them.
 * @throws RangeError over `includedOrdersMax` orders
 */
export const askingIncluded =
  (parts: IncludedParts): LedgerSide['included'] =>
  async (orders) => {
    if (orders.length > includedOrdersMax) throw new RangeError(`At most ${includedOrdersMax} orders at once`);
    if (orders.length === 0) return { included: [], refused: [] };
    const asked = await readAll(parts, orders);
    const waiting = asked.filter(({ order, version }) => !isRecorded(order, version));
    return together([
      await refusedByIntake(parts, waiting.map(versionOf)),
      { included: asked.filter(isIncluded).map(versionOf), refused: asked.flatMap(refusedBySku) },
    ]);
  };

/** A target of an order and what its SKU knows of it. */
type Errand = {
  readonly line: AskedLine;
  readonly isTaken: boolean;
  /** It has not arrived, and nothing brings it there any more. */
  readonly isLost: boolean;
};
type Asked = OrderVersion & { readonly order: KnownOrder; readonly errands: readonly Errand[] };

const versionOf = ({ channel, orderKey, version }: OrderVersion): OrderVersion => ({ channel, orderKey, version });

const isRecorded = ({ state }: KnownOrder, version: number): boolean =>
  state.recorded !== null && state.recorded.snapshot.version >= version;

const isIncluded = ({ order, version, errands }: Asked): boolean =>
  isRecorded(order, version) && order.state.isSettled && errands.every(({ isTaken }) => isTaken);

const together = (parts: readonly OrdersTaken[]): OrdersTaken => ({
  included: parts.flatMap(({ included }) => included),
  refused: parts.flatMap(({ refused }) => refused),
});

/**
 * What was delivered is asked for first, then the end of the log, then what the index knows: an errand that was run by then
 * stands before that end, and an index that has come there knows it.
 */
const readAll = async (parts: IncludedParts, orders: readonly OrderVersion[]): Promise<readonly Asked[]> => {
  const delivered = await parts.delivered();
  const [end, known] = await Promise.all([parts.store.head(), readOrders(parts.store, orders)]);
  const lines = orders.map((order, index) => linesOf(order, known[index]));
  const { lines: taken, knownTo = '' } = await readTakenLines(parts, lines.flat());
  const isKnown = end !== undefined && knownTo >= end;
  let next = 0;
  return orders.flatMap((order, index) => {
    const of = known[index];
    if (of === undefined) return [];
    const errands = (lines[index] ?? []).map((line) =>
      errandOf(line, taken[next++], isKnown ? delivered : undefined, of),
    );
    return [{ ...versionOf(order), order: of, errands }];
  });
};

type Target = AskedLine & { readonly version: number };

const linesOf = ({ channel, orderKey }: OrderVersion, order: KnownOrder | undefined): readonly Target[] =>
  order === undefined
    ? []
    : targetsOf(order.state).map(({ sku, line, version }) => ({ sku, channel, orderKey, line, version }));

const errandOf = (
  line: Target,
  taken: TakenLine | undefined,
  delivered: Position | undefined,
  { positions }: KnownOrder,
): Errand => {
  const hasArrived = taken !== undefined && taken.version >= line.version;
  const setAt = positions.get(line.version);
  const isLost = !hasArrived && delivered !== undefined && setAt !== undefined && setAt <= delivered;
  return { line, isTaken: hasArrived && taken.isFolded, isLost };
};

const refusedBySku = ({ order, errands, ...asked }: Asked): readonly RefusedOrder[] => {
  const lost = errands.filter(({ isLost }) => isLost).map(({ line }) => line.sku);
  if (lost.length === 0 || !isRecorded(order, asked.version) || !order.state.isSettled) return [];
  const detail = `Not taken by ${lost.slice(0, skusNamedMax).join(', ')}: the log of the ledger says why`;
  return [{ ...versionOf(asked), code: 'target_refused', detail }];
};

/** As many as a person reads. */
const skusNamedMax = 5;

const refusedByIntake = async (
  { parked }: Pick<IncludedParts, 'parked'>,
  orders: readonly OrderVersion[],
): Promise<OrdersTaken> => {
  if (orders.length === 0) return { included: [], refused: [] };
  const letters = new Map((await parked(orders)).map((letter) => [nameOf(letter), letter]));
  const refused = orders.flatMap((order): readonly RefusedOrder[] => {
    const letter = letters.get(nameOf(order));
    return letter === undefined ? [] : [{ ...order, code: letter.code, detail: letter.detail }];
  });
  return { included: [], refused };
};

const nameOf = ({ channel, orderKey, version }: OrderVersion): string => `${channel}:${version}:${orderKey}`;
