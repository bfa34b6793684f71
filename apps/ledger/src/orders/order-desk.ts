import { canonicalJson, type Digest, type Lanes, type Outcome, type Position } from '#event-sourcing';
import {
  orderStream,
  productsToResolve,
  targetsBySku,
  type BaselineOrder,
  type OrderCommand,
  type OrderRefusal,
  type OrderState,
  type RecordOrder,
  type ResolveOrder,
  type Snapshot,
} from '#orders';
import { envelopeOf, type Caller } from '../caller.js';
import { lineAnswers, type LineIn, type OrderAnswer } from './answer.js';
import type { Deliveries } from './deliveries.js';
import { resolutionsFor, type Listings, type ResolutionDesk } from './resolutions.js';
import { sendTargets, type Sending, type SkuOutcome } from './send-targets.js';

/** What an order leaves to be done when its targets have arrived: its cart's holds on SKUs that it does not contain. */
export type Consumed = {
  readonly channel: string;
  readonly orderKey: string;
  readonly cart: string;
  readonly skus: readonly string[];
};

export type OrderDeskDeps<State> = Sending<State> & {
  readonly orders: Lanes<OrderState, OrderCommand, OrderRefusal>;
  readonly listings: Listings;
  readonly resolutions: ResolutionDesk;
  readonly deliveries: Deliveries;
  readonly lineIn: LineIn<State>;
  readonly digest: Digest;
  /** After the first snapshot of an order with a cart has arrived everywhere. Must not throw. */
  readonly onConsumed?: (consumed: Consumed, caller: Caller) => void;
};

/**
 * When the SKUs of an order are told: at once, unless who asks has an order of their own to keep among several orders under
 * way. `tell` sends to up to `skusAtOnceMax` SKUs before it returns; what is sent first is decided first.
 */
export type InTurn = <Told>(tell: () => Promise<Told>) => Promise<Told>;
const atOnce: InTurn = (tell) => tell();

/** Every function answers after the order's own append, with each line as it stands on its SKU stream. */
export type OrderDesk = {
  readonly record: (
    command: Omit<RecordOrder, 'kind' | 'hash'>,
    caller: Caller,
    inTurn?: InTurn,
  ) => Promise<OrderAnswer>;
  readonly resolve: (command: Omit<ResolveOrder, 'kind'>, caller: Caller) => Promise<OrderAnswer>;
  readonly baseline: (command: Omit<BaselineOrder, 'kind'>, caller: Caller) => Promise<OrderAnswer>;
};

type Accepted = Extract<Outcome<OrderState, OrderRefusal>, { readonly kind: 'accepted' }>;

/** A snapshot that names SKUs only needs no listing, and its order is not read before it is decided. */
const namesListings = (command: OrderCommand): boolean =>
  command.kind === 'record'
    ? command.snapshot.lines.some(({ product }) => 'ids' in product)
    : command.kind === 'resolve';

/** Reads the listings that this command needs and lays down what they say. */
const prepare = async <State>(deps: OrderDeskDeps<State>, command: OrderCommand, stream: string): Promise<void> => {
  if (!namesListings(command)) return;
  const [order] = await deps.orders.load([stream]);
  if (order === undefined) return;
  const snapshot = 'snapshot' in command ? command.snapshot : order.state.recorded?.snapshot;
  if (snapshot === undefined) return;
  const products = productsToResolve(order.state, snapshot);
  deps.resolutions.lay(command, await resolutionsFor(command.channel, products, deps.listings));
};

/** What the order tells its SKU streams now: always the newest, whichever command asks. */
const toldBy = ({ channel, orderKey }: OrderCommand, { told, recorded }: OrderState) =>
  told === null || recorded === null
    ? new Map<string, never>()
    : targetsBySku({ data: { channel, orderKey, ...told }, occurredAt: recorded.snapshot.changedAt });

/** The highest of what the order and its SKU streams have appended. */
const positionOf = <State>(order: Accepted, outcomes: ReadonlyMap<string, SkuOutcome<State>>): Position | undefined => {
  let highest = order.position;
  for (const outcome of outcomes.values()) {
    const position = outcome.kind === 'accepted' ? outcome.position : undefined;
    if (position !== undefined && (highest === undefined || position > highest)) highest = position;
  }
  return highest;
};

const answerOf = <State>(
  deps: OrderDeskDeps<State>,
  command: OrderCommand,
  order: Accepted,
  outcomes: ReadonlyMap<string, SkuOutcome<State>>,
): OrderAnswer => {
  const { channel, orderKey } = command;
  const version = order.state.recorded?.snapshot.version;
  const position = positionOf(order, outcomes);
  return {
    kind: 'recorded',
    revision: order.revision,
    changed: order.events.length > 0,
    opened: order.opened,
    ...(version === undefined ? {} : { version }),
    ...(position === undefined ? {} : { position }),
    lines: lineAnswers(order.state, { channel, orderKey, outcomes, lineIn: deps.lineIn }),
  };
};

const deliver = async <State>(
  deps: OrderDeskDeps<State>,
  command: OrderCommand,
  stream: string,
  order: Accepted,
  caller: Caller,
  inTurn: InTurn,
): Promise<OrderAnswer> => {
  const origin = { stream, revision: order.state.revision };
  const outcomes = await inTurn(() => sendTargets(deps, origin, toldBy(command, order.state), caller));
  const cart = order.state.recorded?.snapshot.cart;
  if ([...outcomes.values()].every(({ kind }) => kind === 'accepted')) {
    deps.deliveries.note(stream, order.state.revision);
    const { channel, orderKey } = command;
    if (order.opened && cart !== undefined)
      deps.onConsumed?.({ channel, orderKey, cart, skus: [...outcomes.keys()] }, caller);
  }
  return answerOf(deps, command, order, outcomes);
};

const run = <State>(
  deps: OrderDeskDeps<State>,
  command: OrderCommand,
  caller: Caller,
  inTurn: InTurn = atOnce,
): Promise<OrderAnswer> => {
  const stream = orderStream(command.channel, command.orderKey);
  return deps.deliveries.during(stream, async () => {
    await prepare(deps, command, stream);
    const order = await deps.orders.execute(envelopeOf(caller, { stream, command, guard: 'key' }));
    return order.kind === 'accepted'
      ? deliver(deps, command, stream, order, caller, inTurn)
      : { kind: 'failed', failure: order };
  });
};

/**
 * Orders are facts in two steps: the order's own append is the durable one, then every SKU stream is told its target.
 * Both are safe to repeat, by version; what a crash leaves between them the backstop brings there.
 */
export const createOrderDesk = <State>(deps: OrderDeskDeps<State>): OrderDesk => {
  const hashOf = (snapshot: Snapshot): string => deps.digest.of(canonicalJson(snapshot));
  return {
    record: (command, caller, inTurn) =>
      run(deps, { kind: 'record', ...command, hash: hashOf(command.snapshot) }, caller, inTurn),
    resolve: (command, caller) => run(deps, { kind: 'resolve', ...command }, caller),
    baseline: (command, caller) => run(deps, { kind: 'baseline', ...command }, caller),
  };
};
