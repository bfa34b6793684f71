import { plus, type Clock, type EventStore, type Lanes, type RecordedEvent } from '#event-sourcing';
import {
  observationPrefix,
  type ObservationEvent,
  type RunCommand,
  type RunHeader,
  type RunRefusal,
  type RunState,
} from '#observations';
import type { StockRefusal } from '#stock';
import type { Caller } from '../caller.js';
import { isTransient, pauseOf, type Failure } from '../failure.js';
import { inParallel } from '../in-parallel.js';
import type { BackstopCheckpoint } from '../orders/index.js';
import { sendFigure, type Figure, type FigureSending } from './send-figures.js';

/** SKU streams that are told at a time: figures are in no hurry, and must never fill the queues that people wait in. */
const skusAtOnceMax = 64;
/** How long one try may wait in a lane. */
const tryMillisMax = 10_000;

/** A figure that its SKU refuses for good: too old by now, or its source is author there no more. The next go on. */
export type LostFigure = {
  readonly stream: string;
  readonly figure: Figure;
  readonly failure: Failure<StockRefusal>;
};

export type RunFollowerDeps<State> = FigureSending<State> & {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly runs: Pick<Lanes<RunState, RunCommand, RunRefusal>, 'load'>;
  readonly checkpoint: BackstopCheckpoint;
  readonly clock: Clock;
  readonly onLost: (lost: LostFigure) => void;
};

/** The figures that follow from an event: all of an accepted run, the chosen ones of a held one. */
const figuresOf = (event: ObservationEvent, { rows }: NonNullable<RunState>): readonly Figure[] => {
  if (event.type === 'RunJudged' && event.data.verdict === 'accepted')
    return rows.map((row) => ({ ...row, released: false }));
  if (event.type !== 'RunReleased') return [];
  const chosen = new Set(event.data.skus);
  return rows.filter(({ sku }) => chosen.has(sku)).map((row) => ({ ...row, released: true }));
};

const callerOf = ({ stream, revision, eventId, metadata }: RecordedEvent, deadline: string): Caller => ({
  commandId: `${stream}@${revision}`,
  source: metadata.source,
  actor: metadata.actor,
  correlationId: metadata.correlationId,
  causationId: eventId,
  deadline,
});

/** Tells one figure until its SKU has answered: it waits where others would be told `busy`. */
const tell = async <State>(
  deps: RunFollowerDeps<State>,
  recorded: RecordedEvent,
  header: RunHeader,
  figure: Figure,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const caller = callerOf(recorded, plus(deps.clock.now(), tryMillisMax));
    const outcome = await sendFigure(deps, header, figure, caller);
    if (outcome.kind === 'accepted') return;
    if (!isTransient(outcome)) return deps.onLost({ stream: recorded.stream, figure, failure: outcome });
    await deps.clock.sleep(pauseOf(outcome), signal);
  }
};

/** Brings what follows from one event of a run to the SKUs. Safe to do again: a figure counts once for each SKU. */
export const followRun = async <State>(
  deps: RunFollowerDeps<State>,
  recorded: RecordedEvent,
  signal: AbortSignal,
): Promise<void> => {
  const event = recorded as unknown as ObservationEvent;
  if (event.type === 'RunReceived' || event.type === 'RunRejected') return;
  const [run] = await deps.runs.load([recorded.stream]);
  if (!run?.state) throw new Error(`${recorded.stream} has an event and no run`);
  const figures = figuresOf(event, run.state);
  await inParallel(figures, skusAtOnceMax, (figure) => tell(deps, recorded, event.data, figure, signal));
};

/**
 * Reads all runs from its checkpoint on and tells their figures to the SKUs: those of accepted runs, and those that a
 * person has released. Returns when the signal aborts; a store that fails throws, and whoever runs it starts it again.
 */
export const runRunFollower = async <State>(deps: RunFollowerDeps<State>, signal: AbortSignal): Promise<void> => {
  const after = await deps.checkpoint.load();
  for await (const batch of deps.store.subscribe(after, { prefixes: [`${observationPrefix}-`], signal })) {
    for (const event of batch.events) await followRun(deps, event, signal);
    if (signal.aborted) return;
    await deps.checkpoint.save(batch.after);
  }
};
