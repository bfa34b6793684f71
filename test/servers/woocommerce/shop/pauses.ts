import type { Pause } from './context.js';

/** Turns of the event loop that a divided act waits at most: enough for several others to come in between. */
const turnsMax = 4;

/** Divides acts by chance, the same for the same numbers every time. @param share of the points that wait, 0 to 1 */
export const pauseAtRandom =
  (random: () => number, share = 0.5): Pause =>
  () =>
    random() < share ? waitTurns(1 + Math.floor(random() * turnsMax)) : undefined;

const waitTurns = async (turns: number): Promise<void> => {
  for (let waited = 0; waited < turns; waited += 1) await new Promise<void>((resolve) => void setImmediate(resolve));
};
