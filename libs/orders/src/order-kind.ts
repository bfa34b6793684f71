import type { Decider, Known, StreamKind } from '#event-sourcing';
import type { OrderCommand, OrderPolicy } from './commands.js';
import { decideOrder } from './decide.js';
import type { OrderEvent } from './events.js';
import type { OrderRefusal } from './refusals.js';
import { evolveOrder, noOrder, type OrderState } from './state.js';

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

/** Orders hold no facts by key: a snapshot's version against the newest is their only guard. */
export const orderKind: StreamKind<OrderState, OrderCommand, OrderEvent, OrderRefusal, OrderPolicy, never> = {
  prefix: orderPrefix,
  decider: orderDecider,
  schemaVersionOf: () => 1,
  factKeysOf: () => [],
  remembersFact: () => false,
  factsRememberedFrom: () => 0,
  forgetFacts: (state) => state,
  // A frozen line and its target.
  factCountOf: ({ frozen }) => 2 * frozen.length,
  snapshot: {
    foldVersion: 1,
    encode: (state) => state,
    entryCountOf: ({ frozen }) => 2 * frozen.length,
    decode: (value) => value as OrderState,
  },
};
