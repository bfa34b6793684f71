import type { Board } from './board.js';
import { answerDeadline } from './decide-lane.js';
import type { KernelParts } from './kernel-parts.js';
import { dropStanding, type Lane } from './lane.js';
import type { Loaded, Loader } from './loader.js';

/** Fails everything that waits in a lane, and forgets where its stream stands. */
export const failLane = (lane: Lane, error: unknown): void => {
  const { queue } = lane;
  lane.queue = [];
  dropStanding(lane);
  for (const pending of queue) pending.fail(error);
};

/** Answers the commands of a lane whose deadlines have passed while it could not be served. */
export const expireLane = (parts: KernelParts, lane: Lane): void => {
  const now = parts.clock.now();
  const isLate = (deadline: string): boolean => deadline < now;
  const late = lane.queue.filter(({ envelope }) => isLate(envelope.deadline));
  if (late.length > 0) lane.queue = lane.queue.filter(({ envelope }) => !isLate(envelope.deadline));
  for (const pending of late) answerDeadline(parts, lane, pending);
};

/** What waits has met a store or an index that does not answer. */
export const noteUnavailable = (lane: Lane): void => {
  for (const pending of lane.queue) if (pending.trouble === 'none') pending.trouble = 'unavailable';
};

/** Loads every lane that wants it, and looks at each again as soon as it stands. */
export const createLaneLoading = (
  parts: KernelParts,
  loader: Loader,
  board: () => Board,
  onLoaded: (lane: Lane, loaded: Loaded) => void,
): (() => void) => {
  const goesOn = (lane: Lane): boolean => {
    noteUnavailable(lane);
    expireLane(parts, lane);
    return lane.queue.length > 0;
  };
  const finish = (lane: Lane): void => {
    lane.isLoading = false;
    board().evaluate(lane);
  };
  const load = async (lane: Lane): Promise<void> => {
    lane.isLoading = true;
    for (const pending of lane.queue) pending.isFresh = true;
    const { standing, ids, stream, kind } = lane;
    const base = standing === undefined ? {} : { base: { standing, ids } };
    const waits = { someone: true };
    try {
      const loaded = await loader.load({ stream, kind, ...base, goesOn: () => (waits.someone = goesOn(lane)) });
      onLoaded(lane, loaded);
    } catch (error) {
      // Whoever has come since nobody waited any more did not cause it, and is loaded for anew.
      if (waits.someone) failLane(lane, error);
      else dropStanding(lane);
    }
    finish(lane);
  };
  return () => {
    const lanes = [...board().toLoad];
    board().toLoad.clear();
    for (const lane of lanes) void load(lane);
  };
};
