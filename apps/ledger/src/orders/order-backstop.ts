import {
  plus,
  type Clock,
  type Digest,
  type EventStore,
  type Position,
  type RecordedEvent,
  type Revision,
} from '#event-sourcing';
import { orderPrefix, targetsBySku, type OrderTargetsSet } from '#orders';
import { assemblyPrefix, type AssemblyRecorded, type StockCommand, type StockRefusal } from '#stock';
import { assemblyErrands } from '../assemblies/assembly-errands.js';
import { isTransient, pauseOf, type Failure } from '../failure.js';
import { inParallel } from '../in-parallel.js';
import type { Deliveries } from './deliveries.js';
import { sendTarget, type Sending } from './send-targets.js';

/** SKU streams that the backstop speaks to at a time: it must never fill the queues that people wait in. */
const skusAtOnceMax = 64;
/** How long one try may wait in a lane. The backstop is in no hurry, and tries again. */
const tryMillisMax = 10_000;

/** Where the backstop has come to in the log; kept with the projections' checkpoints. */
export type BackstopCheckpoint = {
  readonly load: () => Promise<Position | undefined>;
  readonly save: (after: Position) => Promise<void>;
};

/** A target that its SKU stream refuses for good. It alone is put aside; the next go on. */
export type Undeliverable = {
  readonly stream: string;
  readonly revision: Revision;
  readonly sku: string;
  readonly target: StockCommand;
  readonly failure: Failure<StockRefusal>;
};

export type OrderBackstopDeps<State> = Sending<State> & {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly checkpoint: BackstopCheckpoint;
  readonly deliveries: Deliveries;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly onUndeliverable: (undeliverable: Undeliverable) => void;
};

type Errand = { readonly event: RecordedEvent; readonly sku: string; readonly target: StockCommand };

const callerOf = ({ eventId, metadata }: RecordedEvent, deadline: string) => ({
  commandId: metadata.commandId,
  source: metadata.source,
  actor: metadata.actor,
  correlationId: metadata.correlationId,
  causationId: eventId,
  deadline,
});

/** Sends one target until its SKU stream has answered: it waits where others would be told `busy`. */
const runErrand = async <State>(
  deps: OrderBackstopDeps<State>,
  { event, sku, target }: Errand,
  signal: AbortSignal,
): Promise<void> => {
  const { stream, revision } = event;
  while (!signal.aborted) {
    const caller = callerOf(event, plus(deps.clock.now(), tryMillisMax));
    const outcome = await sendTarget(deps, event, sku, target, caller);
    if (outcome.kind === 'accepted') return;
    if (!isTransient(outcome)) return deps.onUndeliverable({ stream, revision, sku, target, failure: outcome });
    await deps.clock.sleep(pauseOf(outcome), signal);
  }
};

const targetsOf = (event: RecordedEvent): ReadonlyMap<string, StockCommand> => {
  const data = event.data as OrderTargetsSet['data'];
  return targetsBySku({ data, occurredAt: event.metadata.occurredAt }, event.revision);
};

/** Every line of an assembly, the unchanged too: its SKU knows the fact, and is not asked twice. */
const partsOf = (event: RecordedEvent, digest: Digest): ReadonlyMap<string, StockCommand> =>
  assemblyErrands({ data: event.data as AssemblyRecorded['data'], occurredAt: event.metadata.occurredAt }, digest);

const none: ReadonlyMap<string, StockCommand> = new Map();

const commandsOf = (event: RecordedEvent, digest: Digest): ReadonlyMap<string, StockCommand> => {
  if (event.type === 'OrderTargetsSet') return targetsOf(event);
  return event.type === 'AssemblyRecorded' ? partsOf(event, digest) : none;
};

/** What an event asks for: the targets that it changed (those it did not were the errands of events before it), or the parts of an assembly. */
const errandsOf = (event: RecordedEvent, digest: Digest): readonly Errand[] =>
  [...commandsOf(event, digest)].map(([sku, target]) => ({ event, sku, target }));

/** Brings the targets of these events to their SKU streams, unless their handler has done so. */
export const deliverAgain = async <State>(
  deps: OrderBackstopDeps<State>,
  events: readonly RecordedEvent[],
  signal: AbortSignal,
): Promise<void> => {
  const streams = new Set(events.map(({ stream }) => stream));
  await Promise.all([...streams].map(deps.deliveries.settled));
  const missing = events.filter(({ stream, revision }) => !deps.deliveries.has(stream, revision));
  await inParallel(
    missing.flatMap((event) => errandsOf(event, deps.digest)),
    skusAtOnceMax,
    (errand) => runErrand(deps, errand, signal),
  );
};

/**
 * Reads all streams of orders and assemblies from its checkpoint on and sees to it that every target arrives: what a crash left between an
 * order's append and its SKUs', and what a full queue turned away. Safe to run twice and from any place, by version.
 * Returns when the signal aborts; a store that fails throws, and whoever runs it starts it again.
 */
export const runOrderBackstop = async <State>(deps: OrderBackstopDeps<State>, signal: AbortSignal): Promise<void> => {
  const after = await deps.checkpoint.load();
  for await (const batch of deps.store.subscribe(after, {
    prefixes: [`${orderPrefix}-`, `${assemblyPrefix}-`],
    signal,
  })) {
    await deliverAgain(deps, batch.events, signal);
    if (signal.aborted) return;
    await deps.checkpoint.save(batch.after);
  }
};
