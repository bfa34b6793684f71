import { NO_STREAM, type Revision } from '#event-sourcing';
import type { BaselineLine } from './commands.js';
import type { FrozenLine, LineTarget, OrderEvent, OrderRecorded, OrderTargetsSet, UnmappedLine } from './events.js';

/** An order as its stream tells it. Plain JSON: a snapshot of it is itself. */
export type OrderState = {
  /** Of the newest event: a target's version is the revision of the event that sets it. */
  readonly revision: Revision;
  /** The newest snapshot and its digest; null before the first. */
  readonly recorded: Pick<OrderRecorded['data'], 'snapshot' | 'hash'> | null;
  /** Every line ever seen with a known SKU, in the order of freezing. They never change. */
  readonly frozen: readonly FrozenLine[];
  /** Lines of the newest snapshot that wait for a listing. */
  readonly unmapped: readonly UnmappedLine[];
  /** What the SKU streams were told last; null before the first time. */
  readonly told: Omit<OrderTargetsSet['data'], 'channel' | 'orderKey'> | null;
  readonly baseline: readonly BaselineLine[] | null;
  /** What was said last has become targets. False only between the appends of an order that is too large for one. */
  readonly isSettled: boolean;
};

export const noOrder: OrderState = {
  revision: NO_STREAM,
  recorded: null,
  frozen: [],
  unmapped: [],
  told: null,
  baseline: null,
  isSettled: true,
};

/** The targets that the SKU streams were told last; every frozen line has one, that of a bundle one for each component. */
export const targetsOf = (state: OrderState): readonly LineTarget[] => state.told?.targets ?? [];

const unknownEvent = (event: never): never => {
  throw new Error(`this version does not know the order event ${JSON.stringify(event)}`);
};

/** @throws Error on an event that this version does not know */
export const evolveOrder = (state: OrderState, event: OrderEvent): OrderState => {
  const revision = state.revision + 1;
  switch (event.type) {
    case 'OrderRecorded': {
      const { snapshot, hash } = event.data;
      return { ...state, revision, recorded: { snapshot, hash }, isSettled: false };
    }
    case 'OrderLinesResolved': {
      const { lines, unmapped } = event.data;
      return { ...state, revision, frozen: [...state.frozen, ...lines], unmapped };
    }
    case 'OrderTargetsSet': {
      const { channel: _channel, orderKey: _orderKey, ...told } = event.data;
      return { ...state, revision, told, isSettled: true };
    }
    case 'OrderBaselined': {
      const isSettled = state.recorded === null && state.isSettled;
      return { ...state, revision, baseline: event.data.lines, isSettled };
    }
    default:
      return unknownEvent(event);
  }
};
