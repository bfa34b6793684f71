import { plus, type Clock, type EventStore, type RecordedEvent } from '#event-sourcing';
import { orderPrefix, type OrderLinesResolved, type OrderRecorded } from '#orders';
import type { Caller } from '../caller.js';
import { isTransient, pauseOf } from '../failure.js';
import type { BackstopCheckpoint } from './order-backstop.js';
import type { OrderDesk } from './order-desk.js';
import type { OrderName, WaitingOrders } from './waiting-orders.js';

/** How long one try may wait in a lane. */
const tryMillisMax = 10_000;

export type OrderResolverDeps = {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly checkpoint: BackstopCheckpoint;
  readonly waiting: WaitingOrders;
  readonly desk: Pick<OrderDesk, 'resolve'>;
  readonly clock: Clock;
};

const callerOf = ({ eventId, metadata, stream, revision }: RecordedEvent, deadline: string): Caller => ({
  commandId: `${stream}@${revision}`,
  source: metadata.source,
  actor: metadata.actor,
  correlationId: metadata.correlationId,
  causationId: eventId,
  deadline,
});

/** Looks again at one order until its stream has answered. Nothing that can be refused for good is asked for here. */
const resolveOne = async (
  { desk, clock }: OrderResolverDeps,
  order: OrderName,
  cause: RecordedEvent,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const answer = await desk.resolve(order, callerOf(cause, plus(clock.now(), tryMillisMax)));
    if (answer.kind === 'recorded' || !isTransient(answer.failure)) return;
    await clock.sleep(pauseOf(answer.failure), signal);
  }
};

/** What was said in these events and has not become targets in them: a large order takes several appends. */
const unsettledIn = (events: readonly RecordedEvent[]): ReadonlySet<RecordedEvent> => {
  const unsettled = new Map<string, RecordedEvent>();
  for (const event of events) {
    if (event.type === 'OrderRecorded' || event.type === 'OrderBaselined') unsettled.set(event.stream, event);
    else if (event.type === 'OrderTargetsSet') unsettled.delete(event.stream);
  }
  return new Set(unsettled.values());
};

const orderOf = ({ data }: RecordedEvent): OrderName => {
  const { channel, orderKey } = data as OrderRecorded['data'];
  return { channel, orderKey };
};

const concernedBy = async ({ waiting }: OrderResolverDeps, event: RecordedEvent): Promise<readonly OrderName[]> => {
  if (event.type === 'ListingMapped') return waiting.waitingFor(event.stream);
  if (event.type !== 'OrderLinesResolved') return [];
  const { channel, orderKey, unmapped } = event.data as OrderLinesResolved['data'];
  await waiting.set(
    { channel, orderKey },
    unmapped.map(({ ids }) => ids),
  );
  /* Its listings were read before this event: one that came in between would never be heard of again. */
  return unmapped.length === 0 ? [] : [{ channel, orderKey }];
};

/** Takes in orders that wait, looks again at those whose listing has appeared, and goes on with those left between two appends. */
export const resolveWaiting = async (
  deps: OrderResolverDeps,
  events: readonly RecordedEvent[],
  signal: AbortSignal,
): Promise<void> => {
  const unsettled = unsettledIn(events);
  for (const event of events) {
    if (unsettled.has(event)) await resolveOne(deps, orderOf(event), event, signal);
    for (const order of await concernedBy(deps, event)) await resolveOne(deps, order, event, signal);
  }
};

/**
 * Reads order and listing streams, and resolves waiting lines as their listings appear. Safe to run twice and from any
 * place: an order that has nothing to resolve says nothing. Returns when the signal aborts; a store that fails throws.
 */
export const runOrderResolver = async (deps: OrderResolverDeps, signal: AbortSignal): Promise<void> => {
  const after = await deps.checkpoint.load();
  const prefixes = [`${orderPrefix}-`, 'listing-'];
  for await (const batch of deps.store.subscribe(after, { prefixes, signal })) {
    await resolveWaiting(deps, batch.events, signal);
    if (signal.aborted) return;
    await deps.checkpoint.save(batch.after);
  }
};
