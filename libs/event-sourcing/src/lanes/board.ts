import type { Lane, Pending } from './lane.js';
import { needsAsking } from './needs-asking.js';

/** Which lanes want what. Each set belongs to the pump that works it off. */
export type Board = {
  readonly toLoad: Set<Lane>;
  readonly toAsk: Set<Lane>;
  readonly ready: Set<Lane>;
  /** Looks at a lane after anything has happened to it, and puts it where it belongs. */
  readonly evaluate: (lane: Lane) => void;
  /** Puts a new command at the end of its lane. */
  readonly enqueue: (lane: Lane, pending: Pending) => void;
  /** Puts commands back to the front of their lane, in their order. */
  readonly putBack: (lane: Lane, pendings: readonly Pending[]) => void;
};

type Kicks = { readonly loader: () => void; readonly asker: () => void; readonly committer: () => void };

export const createBoard = (kick: Kicks): Board => {
  const toLoad = new Set<Lane>();
  const toAsk = new Set<Lane>();
  const ready = new Set<Lane>();

  const wantsLoad = (lane: Lane): void => {
    if (lane.isLoading || lane.flight !== undefined) return;
    toLoad.add(lane);
    kick.loader();
  };
  const wantsAsking = (lane: Lane): void => {
    if (lane.isAsking) return;
    toAsk.add(lane);
    kick.asker();
  };
  const isReady = (lane: Lane): void => {
    ready.add(lane);
    kick.committer();
  };
  const evaluate = (lane: Lane): void => {
    const first = lane.queue[0];
    if (first === undefined || lane.isResting) return;
    if (lane.standing === undefined || lane.isBehind) return wantsLoad(lane);
    if (lane.queue.some((pending) => mustAsk(lane, pending))) wantsAsking(lane);
    if (lane.flight === undefined && !mustAsk(lane, first)) isReady(lane);
  };
  return {
    toLoad,
    toAsk,
    ready,
    evaluate,
    enqueue: (lane, pending) => {
      lane.queue.push(pending);
      if (lane.queue.length === 1) evaluate(lane);
      else if (mustAsk(lane, pending)) wantsAsking(lane);
    },
    putBack: (lane, pendings) => {
      if (pendings.length > 0) lane.queue = [...pendings, ...lane.queue];
    },
  };
};

/** On what is committed; what is in flight may still answer it. */
export const mustAsk = (lane: Lane, pending: Pending): boolean =>
  lane.standing !== undefined &&
  needsAsking(lane.kind, lane.standing.state, { ids: lane.ids, added: undefined, before: undefined }, pending);
