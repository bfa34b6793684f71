import {
  createKernel,
  instantOf,
  millisOf,
  type Bounds,
  type Envelope,
  type Kernel,
  type KernelMetric,
  type KeyIndex,
  type Lanes,
  type RecordedEvent,
  type SnapshotStore,
} from '#event-sourcing';
import { createMemoryKeyIndex, createMemoryStore, type MemoryKeyIndex, type MemoryStore } from '#event-store/memory';
import { counterKind, type CounterCommand, type CounterRefusal, type CounterState } from './counter-kind.js';
import { manualClock, plainDigest, seededRandom, type ManualClock } from './runtime.js';

/** One process's lanes on a store that others may share. */
export type LanesScene = {
  readonly store: MemoryStore;
  readonly clock: ManualClock;
  readonly index: MemoryKeyIndex;
  readonly kernel: Kernel;
  readonly lanes: Lanes<CounterState, CounterCommand, CounterRefusal>;
  readonly metrics: KernelMetric[];
  readonly envelope: (command: CounterCommand, more?: Partial<Envelope<CounterCommand>>) => Envelope<CounterCommand>;
  /** Sends a command with an id of its own. */
  readonly send: (
    command: CounterCommand,
    more?: Partial<Envelope<CounterCommand>>,
  ) => ReturnType<Lanes<CounterState, CounterCommand, CounterRefusal>['execute']>;
  readonly log: (stream?: string) => Promise<readonly RecordedEvent[]>;
};

export type LanesSceneOptions = {
  readonly store?: MemoryStore;
  readonly index?: KeyIndex;
  readonly snapshots?: SnapshotStore;
  /** Another make of the counter. */
  readonly kind?: typeof counterKind;
  readonly bounds?: Partial<Bounds>;
  readonly clock?: ManualClock;
  readonly name?: string;
  readonly seed?: number;
  readonly gather?: () => Promise<void>;
  readonly othersWrite?: boolean;
};

export const counterStream = 'counter-1';
export const deadlineMillis = 2_000;

const isOpen = (data: RecordedEvent['data']): boolean => Number(data['quantity']) > 0;

/** A key index that knows the counter's facts. */
export const counterIndex = (): MemoryKeyIndex =>
  createMemoryKeyIndex({
    factsOf: ({ type, data }) =>
      type === 'FactSet'
        ? [
            {
              key: data['key'] as string,
              fact: { version: data['version'], quantity: data['quantity'] },
              open: isOpen(data),
            },
          ]
        : [],
    undoneBy: ({ data }) => data['undoes'] as string | undefined,
  });

export const lanesScene = (options: LanesSceneOptions = {}): LanesScene => {
  const store = options.store ?? createMemoryStore();
  const clock = options.clock ?? manualClock(undefined, { selfWinding: true });
  const index = counterIndex();
  const metrics: KernelMetric[] = [];
  const kernel = createKernel({
    store,
    clock,
    digest: plainDigest,
    random: seededRandom(options.seed ?? 1),
    keyIndex: options.index ?? index,
    onMetric: (metric) => void metrics.push(metric),
    ...(options.snapshots === undefined ? {} : { snapshots: options.snapshots }),
    ...(options.gather === undefined ? {} : { gather: options.gather }),
    ...(options.othersWrite === undefined ? {} : { othersWrite: options.othersWrite }),
    bounds: options.bounds ?? {},
  });
  const lanes = kernel.lanes(options.kind ?? counterKind, () => undefined);
  let sent = 0;
  const envelope: LanesScene['envelope'] = (command, more = {}) => ({
    stream: counterStream,
    command,
    commandId: `${options.name ?? 'test'}:${(sent += 1)}`,
    guard: command.kind === 'set_fact' ? 'key' : 'id',
    source: { connection: 'test' },
    actor: 'tester',
    correlationId: 'correlation-1',
    deadline: instantOf(millisOf(clock.now()) + deadlineMillis),
    ...more,
  });
  const send: LanesScene['send'] = (command, more) => lanes.execute(envelope(command, more));
  const log = async (stream = counterStream): Promise<readonly RecordedEvent[]> =>
    (await store.read([{ stream, from: 0 }], 1_000_000))[0] ?? [];
  return { store, clock, index, kernel, lanes, metrics, envelope, send, log };
};
