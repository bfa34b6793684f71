import type { Histogram } from 'hdr-histogram-js';
import { within } from './deadline.js';
import { latencyHistogram, median, type Percentiles, percentilesOf, recordMillis } from './statistics.js';

/** One way of doing the work. */
export type Contestant = {
  readonly name: string;
  /** Made ready before each round, so that no round pays for what the one before left behind. */
  readonly prepare?: (round: number) => Promise<void>;
  /** Works for so long, records how long each answer took, and says how many units of work it did a second. */
  readonly run: (millis: number, latency: Histogram) => Promise<number>;
  /** Done after each round, unmeasured: what goes on behind the answers must not burden the next contestant. */
  readonly settle?: () => Promise<void>;
};

export type ContestPlan = { readonly rounds: number; readonly roundMillis: number };

export type Standing = {
  readonly name: string;
  /** Calls a second of each round; the median is what counts. */
  readonly perSecond: number;
  readonly rounds: readonly number[];
  readonly latencyMs: Percentiles;
};

/**
 * All contestants in turn, round after round, so that noise of the machine hits them alike; the first round warms up and
 * does not count.
 */
export const contest = async (
  contestants: readonly Contestant[],
  plan: ContestPlan,
  onRound: (text: string) => void,
): Promise<readonly Standing[]> => {
  const records = contestants.map((contestant) => ({
    contestant,
    perSecond: [] as number[],
    latency: latencyHistogram(),
  }));
  onRound(`warming up ${contestants.map(({ name }) => name).join(', ')}`);
  for (let round = 0; round <= plan.rounds; round += 1)
    for (const { contestant, perSecond, latency } of records) {
      await contestant.prepare?.(round);
      const recorded = round === 0 ? latencyHistogram() : latency;
      const roundOver = contestant.run(plan.roundMillis, recorded);
      const measured = await within(`a round of ${contestant.name}`, plan.roundMillis + lastCallsMillisMax, roundOver);
      await contestant.settle?.();
      if (round > 0) perSecond.push(measured);
      onRound(`${round === 0 ? 'warm-up' : `round ${round}`} ${contestant.name}: ${Math.round(measured)}/s`);
    }
  return records.map(({ contestant, perSecond, latency }) => ({
    name: contestant.name,
    perSecond: median(perSecond),
    rounds: perSecond.map(Math.round),
    latencyMs: percentilesOf(latency),
  }));
};

/** A contestant whose last calls take longer is stuck. */
const lastCallsMillisMax = 120_000;

/**
 * So many callers, each of whom calls again as soon as it is answered. A call is one unit of work; `caller` counts from 0.
 */
export const inLoops =
  (callers: number, call: (caller: number) => Promise<void>): Contestant['run'] =>
  async (millis, latency) => {
    const startedAt = performance.now();
    let calls = 0;
    const loop = async (_: unknown, caller: number): Promise<void> => {
      for (let sentAt = performance.now(); sentAt - startedAt < millis;) {
        await call(caller);
        const doneAt = performance.now();
        recordMillis(latency, doneAt - sentAt);
        calls += 1;
        sentAt = doneAt;
      }
    };
    await Promise.all(Array.from({ length: callers }, loop));
    return (calls / (performance.now() - startedAt)) * 1_000;
  };

/** How many times as fast the first is as the second: the median over rounds that stood side by side. */
export const ratioOf = (first: Standing, second: Standing): number =>
  median(first.rounds.map((perSecond, index) => perSecond / (second.rounds[index] ?? Number.NaN)));
