import { setTimeout as wait } from 'node:timers/promises';

const askEveryMillis = 20;

/** Asks until the answer is yes; false when it was not within `millisMax`. A question that fails is a no. */
export const becomesTrue = async (condition: () => boolean | Promise<boolean>, millisMax: number): Promise<boolean> => {
  const deadline = performance.now() + millisMax;
  for (;;) {
    if (await answered(condition)) return true;
    if (performance.now() >= deadline) return false;
    await wait(askEveryMillis);
  }
};

const answered = async (condition: () => boolean | Promise<boolean>): Promise<boolean> => {
  try {
    return await condition();
  } catch {
    return false;
  }
};
