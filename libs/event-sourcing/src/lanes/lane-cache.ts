import type { Bounds } from './bounds.js';
import { emptyIds, idCount } from './id-memory.js';
import { isIdle, type Lane } from './lane.js';

/** All lanes of the process, and the memory that they may take. */
export type LaneCache = {
  readonly find: (stream: string) => Lane | undefined;
  readonly add: (lane: Lane) => void;
  /** Counts what a lane remembers now; when all remember too much, idle ones forget, or go. */
  readonly weigh: (lane: Lane) => void;
  readonly remembered: () => number;
  readonly size: () => number;
};

/** Evicting and forgetting go on to this share of the bound, so that they happen seldom. */
const keptShare = 0.95;
/** Lanes looked at in one go: the rest is looked at after the next commit. */
const visitedLanesMax = 1_000;

export const createLaneCache = (bounds: Bounds): LaneCache => {
  const lanes = new Map<string, Lane>();
  let total = 0;

  /**
   * Oldest first; one that was used since the last visit is passed over once. Whoever was visited goes to the end, so that
   * lanes which have nothing left to forget are not looked at again and again (measured: a tenth of a replay's time).
   */
  const visitIdle = (isEnough: () => boolean, visit: (lane: Lane) => void): void => {
    let visited = 0;
    for (const lane of lanes.values()) {
      if (isEnough() || visited >= visitedLanesMax) return;
      visited += 1;
      const wasUsed = lane.wasUsed || !isIdle(lane);
      lane.wasUsed = false;
      lanes.delete(lane.stream);
      lanes.set(lane.stream, lane);
      if (!wasUsed) visit(lane);
    }
  };
  const evict = (lane: Lane): void => {
    lanes.delete(lane.stream);
    total -= lane.weight;
  };
  const weighOne = (lane: Lane): void => {
    if (lanes.get(lane.stream) !== lane) return;
    const weight = weightOf(lane);
    total += weight - lane.weight;
    lane.weight = weight;
  };
  const relieve = (lane: Lane): void => {
    if (lane.weight === 0) return;
    forget(lane);
    weighOne(lane);
    if (lane.weight > 0) evict(lane);
  };
  return {
    find: (stream) => lanes.get(stream),
    add: (lane) => {
      const target = bounds.cachedStatesMax * keptShare;
      if (lanes.size >= bounds.cachedStatesMax) visitIdle(() => lanes.size <= target, evict);
      lanes.set(lane.stream, lane);
    },
    weigh: (lane) => {
      weighOne(lane);
      if (total > bounds.rememberedKeysMax) visitIdle(() => total <= bounds.rememberedKeysMax * keptShare, relieve);
    },
    remembered: () => total,
    size: () => lanes.size,
  };
};

const weightOf = ({ ids, standing, kind }: Lane): number =>
  idCount(ids) + (standing === undefined ? 0 : kind.factCountOf(standing.state));

/** Only an idle lane forgets: what waits in a queue may have been looked at with what the state remembered. */
const forget = (lane: Lane): void => {
  const { standing, kind } = lane;
  if (standing === undefined) return;
  const next = standing.revision + 1;
  lane.standing = { ...standing, state: kind.forgetFacts(standing.state, next) as unknown };
  lane.ids = emptyIds(next);
};
