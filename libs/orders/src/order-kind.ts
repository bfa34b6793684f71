import type { Decider, Known, StreamKind } from '#event-sourcing';
import type { OrderCommand, OrderPolicy } from './commands.js';
import { decideOrder } from './decide.js';
import type { OrderEvent } from './events.js';
import type { OrderRefusal } from './refusals.js';
import { evolveOrder, noOrder, targetsOf, type OrderState } from './state.js';

export type OrderDecider = Decider<OrderState, OrderCommand, OrderEvent, OrderRefusal, OrderPolicy, Known<never>>;

/** A complete versioned snapshot in, targets per SKU line out. Pure. */
export const orderDecider: OrderDecider = {
  initialState: () => noOrder,
  decide: decideOrder,
  evolve: evolveOrder,
};

/** Streams of orders are named `order-<channel>-<orderKey>`. */
export const orderPrefix = 'order';
export const orderStream = (channel: string, orderKey: string): string => `${orderPrefix}-${channel}-${orderKey}`;

const entryCountOf = (state: OrderState): number => state.frozen.length + targetsOf(state).length;

/** Orders hold no facts by key: a snapshot's version against the newest is their only guard. */
export const orderKind: StreamKind<OrderState, OrderCommand, OrderEvent, OrderRefusal, OrderPolicy, never> = {
  prefix: orderPrefix,
  decider: orderDecider,
  schemaVersionOf: () => 1,
  factKeysOf: () => [],
  remembersFact: () => false,
  factsRememberedFrom: () => 0,
  forgetFacts: (state) => state,
  // Frozen lines and their targets.
  factCountOf: entryCountOf,
  snapshot: {
    foldVersion: 2,
    encode: (state) => state,
    entryCountOf,
    decode: (value) => value as OrderState,
  },
};
