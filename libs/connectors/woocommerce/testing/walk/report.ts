import { type Act } from './acts.js';
import { judged } from './judged.js';
import { missedIn, shrunk } from './shrunk.js';
import { randomActs, walk } from './walk.js';

export type WalkReport = {
  readonly steps: number;
  /** Rows that lines of the orders stood in, or that moved. */
  readonly rows: number;
  /** Of these, for how many the model left one figure possible; the most that it left of any. */
  readonly single: number;
  readonly sizeMax: number;
  /** The first row that did not fit, with the least walk that leads to it. */
  readonly missed: string | undefined;
};

const told = async (acts: readonly Act[], missed: string): Promise<string> => {
  const least = await shrunk(acts);
  const again = (await missedIn(least)) ?? missed;
  return `${again}\n${least.map((act) => JSON.stringify(act)).join('\n')}`;
};

/** Walks at random and holds every row against the model. Ends with the first that does not fit. */
export const reportOf = async (random: () => number, steps: number): Promise<WalkReport> => {
  const acts: Act[] = [];
  const source = randomActs(random, steps);
  const report = { steps: 0, rows: 0, single: 0, sizeMax: 0 };
  const noted: typeof source = (alive) => {
    const act = source(alive);
    if (act !== undefined) acts.push(act);
    return act;
  };
  for await (const step of walk(noted)) {
    const { missed, sizes } = judged(step);
    report.steps += 1;
    report.rows += sizes.length;
    report.single += sizes.filter((size) => size === 1).length;
    report.sizeMax = Math.max(report.sizeMax, ...sizes);
    if (missed[0] !== undefined) return { ...report, missed: await told(acts, missed[0]) };
  }
  return { ...report, missed: undefined };
};
