import { canonicalJson } from '../chain/canonical-json.js';
import type { DomainEvent } from '../event.js';
import type { EventStore } from '../event-store.js';
import type { JsonValue } from '../json.js';
import type { Envelope, KeyIndex, Lanes, Outcome, SnapshotStore, StreamKind } from '../kernel.js';
import type { Clock, Digest, Random } from '../runtime.js';
import { createAsker } from './asker.js';
import { createBoard, type Board } from './board.js';
import { defaultBounds, type Bounds } from './bounds.js';
import { createCommitter } from './committer.js';
import { createLane, isIdle, nothingKnown, type AnyKind, type AnyOutcome, type Lane, type Pending } from './lane.js';
import { createLaneCache, type LaneCache } from './lane-cache.js';
import { createLaneLoading } from './load-lanes.js';
import { createLoader, type Loaded, type Loader } from './loader.js';
import type { KernelParts } from './kernel-parts.js';
import type { OnMetric } from './metrics.js';
import { createReadBack } from './read-back.js';
import { createSnapshotting, type Snapshotting } from './snapshots.js';

export type KernelOptions = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly random: Random;
  readonly keyIndex: KeyIndex;
  readonly snapshots?: SnapshotStore;
  readonly bounds?: Partial<Bounds>;
  /**
   * Other processes may append to the same streams (the default). Then what needs no append, a refusal above all, is read
   * for before it is answered, because no append compares what it was decided on. False: nobody else can.
   */
  readonly othersWrite?: boolean;
  readonly onMetric?: OnMetric;
  /**
   * Awaited before a batch is decided, and before the index is asked. At an edge with sockets, one turn of the event loop
   * (`setImmediate`): the requests that have arrived already go along. Without it: whatever is called in the same turn.
   */
  readonly gather?: () => Promise<void>;
};

export type Kernel = {
  /**
   * The lanes of one kind of stream. `policy` is asked whenever a command is decided, with its stream.
   * @throws Error when the kind's prefix has lanes already
   */
  readonly lanes: <State, Command, Event extends DomainEvent, Refusal, Policy, Fact>(
    kind: StreamKind<State, Command, Event, Refusal, Policy, Fact>,
    policy: (stream: string) => Policy,
  ) => Lanes<State, Command, Refusal>;
  /** Takes no more commands (`unavailable`), answers those it has, saves the snapshots that are due. */
  readonly stop: () => Promise<void>;
  /** How full it is: for metrics and readiness. */
  readonly load: () => {
    readonly openCommands: number;
    readonly cachedStates: number;
    readonly rememberedKeys: number;
  };
};

/** All lanes of one process. Exactly one of them may append to a stream through one store; others conflict, safely. */
export const createKernel = (options: KernelOptions): Kernel => {
  const parts: KernelParts = { ...defaults, ...options, bounds: { ...defaultBounds, ...options.bounds } };
  const engine = createEngine(parts);
  const prefixes = new Set<string>();
  return {
    lanes: (kind, policy) => {
      if (prefixes.has(kind.prefix)) throw new Error(`${kind.prefix} has lanes already`);
      prefixes.add(kind.prefix);
      return lanesOf(engine, kind, policy) as Lanes<never, unknown, never>;
    },
    stop: engine.stop,
    load: engine.load,
  };
};

const defaults = {
  snapshots: undefined,
  othersWrite: true,
  onMetric: () => undefined,
  gather: () => Promise.resolve(),
};

type Engine = {
  readonly parts: KernelParts;
  readonly board: Board;
  readonly cache: LaneCache;
  readonly loader: Loader;
  readonly intake: Intake;
  readonly onLoaded: (lane: Lane, loaded: Loaded) => void;
  readonly stop: () => Promise<void>;
  readonly load: Kernel['load'];
};

/** Puts the pumps together: each kicks the others only through the board. */
const createEngine = (parts: KernelParts): Engine => {
  const stopped = new AbortController();
  const cache = createLaneCache(parts.bounds);
  const loader = createLoader(parts);
  const snapshotting = parts.snapshots && createSnapshotting(parts, parts.snapshots, stopped.signal);
  const onCommitted = (lane: Lane, events: number): void => {
    lane.wasUsed = true;
    cache.weigh(lane);
    snapshotting?.committed(lane, events);
  };
  const onLoaded = (lane: Lane, { standing, ids, events }: Loaded): void => {
    lane.standing = standing;
    lane.ids = ids;
    lane.isBehind = false;
    onCommitted(lane, events);
  };
  const theBoard = (): Board => board;
  const loadLanes = createLaneLoading(parts, loader, theBoard, onLoaded);
  const asker = createAsker(parts, theBoard);
  const committer = createCommitter(parts, theBoard, createReadBack(parts), onCommitted);
  const board = createBoard({ loader: loadLanes, asker: asker.kick, committer: committer.kick });
  const intake = createIntake();
  return {
    parts,
    board,
    cache,
    loader,
    intake,
    onLoaded,
    stop: () => stop(intake, stopped, snapshotting),
    load: () => ({ openCommands: intake.open(), cachedStates: cache.size(), rememberedKeys: cache.remembered() }),
  };
};

const stop = async (
  intake: Intake,
  stopped: AbortController,
  snapshotting: Snapshotting | undefined,
): Promise<void> => {
  await intake.close();
  stopped.abort();
  await snapshotting?.flush();
};

/** Counts the commands that have been taken and not answered. */
type Intake = {
  readonly open: () => number;
  readonly isClosed: () => boolean;
  readonly enter: () => void;
  readonly leave: () => void;
  readonly close: () => Promise<void>;
};

const createIntake = (): Intake => {
  let open = 0;
  let isClosed = false;
  let onEmpty: () => void = () => undefined;
  return {
    open: () => open,
    isClosed: () => isClosed,
    enter: () => {
      open += 1;
    },
    leave: () => {
      open -= 1;
      if (open === 0) onEmpty();
    },
    close: async () => {
      isClosed = true;
      if (open > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
    },
  };
};

const lanesOf = (
  engine: Engine,
  kind: AnyKind,
  policy: (stream: string) => unknown,
): Lanes<unknown, unknown, unknown> => {
  const { cache, parts } = engine;
  const laneOf = (stream: string): Lane => {
    const found = cache.find(stream);
    if (found !== undefined) return found;
    if (!stream.startsWith(`${kind.prefix}-`)) throw new Error(`${stream} is no ${kind.prefix} stream`);
    const lane = createLane(stream, kind, policy, parts.bounds.commandsPerStreamMax);
    cache.add(lane);
    return lane;
  };
  return {
    execute: (envelope) =>
      new Promise<Outcome<unknown, unknown>>((resolve, reject) => {
        const lane = laneOf(envelope.stream);
        const refusal = refusedEntry(engine, lane);
        if (refusal === undefined) enter(engine, lane, envelope, resolve, reject);
        else resolve(refusal);
      }),
    load: (streams) => Promise.all(streams.map((stream) => standingOf(engine, laneOf(stream)))),
  };
};

const refusedEntry = ({ intake, parts }: Engine, lane: Lane): AnyOutcome | undefined => {
  const { bounds, onMetric, random } = parts;
  if (intake.isClosed()) return { kind: 'unavailable' };
  if (intake.open() < bounds.openCommandsMax && lane.queue.length < bounds.queuedCommandsPerLaneMax) return undefined;
  onMetric({ kind: 'busy', stream: lane.stream });
  return { kind: 'busy', retryAfterMillis: Math.ceil(bounds.busyRetryMillis * (1 + random())) };
};

const enter = (
  { parts, board, intake }: Engine,
  lane: Lane,
  envelope: Envelope<unknown>,
  resolve: (outcome: AnyOutcome) => void,
  reject: (error: unknown) => void,
): void => {
  const pending: Pending = {
    envelope,
    hash:
      envelope.guard === 'id'
        ? parts.digest.of(canonicalJson(envelope.content ?? (envelope.command as JsonValue)))
        : undefined,
    factKeys: lane.kind.factKeysOf(envelope.command),
    answer: (outcome) => {
      intake.leave();
      resolve(outcome);
    },
    fail: (error) => {
      intake.leave();
      reject(error);
    },
    known: nothingKnown,
    acceptedBefore: undefined,
    askedUpTo: undefined,
    trouble: 'none',
    isFresh: !parts.othersWrite,
    preparations: 0,
    hasOpened: false,
  };
  intake.enter();
  lane.wasUsed = true;
  board.enqueue(lane, pending);
};

/** Reads on from what is cached. What it finds is kept where nothing else is going on with the lane. */
const standingOf = async ({ loader, onLoaded }: Engine, lane: Lane): Promise<{ revision: number; state: unknown }> => {
  const { stream, kind, standing, ids } = lane;
  const base = standing === undefined ? {} : { base: { standing, ids: { ...ids, young: new Map(), old: undefined } } };
  const loaded = await loader.load({ stream, kind, ...base, goesOn: () => false });
  if (lane.standing === undefined && isIdle(lane) && standing === undefined) onLoaded(lane, loaded);
  return loaded.standing;
};
