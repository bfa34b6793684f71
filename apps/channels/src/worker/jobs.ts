import { randomUUID } from 'node:crypto';
import type { JobAnswer, JobKind, JobProgress, Wish } from '../contracts/index.js';

/** What a job tells of itself while it runs. */
export type Progress = (told: {
  readonly done: number;
  readonly total?: number;
  readonly counts?: Readonly<Record<string, number>>;
}) => void;

/** Jobs of this process. They are safe to begin again: a job that ends with its process has done part of its work. */
export type Jobs = {
  /** The same job that runs already is that one. */
  readonly start: (
    channel: string,
    kind: JobKind,
    wish: Wish,
    work: (tell: Progress) => Promise<void>,
  ) => Extract<JobAnswer, { kind: 'started' }>;
  readonly find: (channel: string, job: string) => JobProgress | undefined;
  /** Resolves when none runs any more. */
  readonly ended: () => Promise<void>;
};

const keptMillis = 86_400_000;
const keptMax = 1_000;

export const createJobs = (now: () => number): Jobs => {
  const jobs = new Map<string, JobProgress>();
  const running = new Set<Promise<void>>();
  const change = (job: string, change: Partial<JobProgress>): void => {
    const before = jobs.get(job);
    if (before !== undefined) jobs.set(job, { ...before, ...change });
  };
  const forgetOld = (): void => {
    for (const { job, endedAt } of jobs.values())
      if (endedAt !== undefined && (now() - endedAt > keptMillis || jobs.size > keptMax)) jobs.delete(job);
  };
  const run = async (job: string, work: (tell: Progress) => Promise<void>): Promise<void> => {
    try {
      await work((told) => change(job, told));
      change(job, { state: 'done', endedAt: now() });
    } catch (error) {
      change(job, { state: 'failed', detail: error instanceof Error ? error.message : String(error), endedAt: now() });
    }
  };
  return {
    start: (channel, kind, _wish, work) => {
      const same = [...jobs.values()].find(
        (one) => one.channel === channel && one.kind === kind && one.state === 'running',
      );
      if (same) return { kind: 'started', job: same.job };
      forgetOld();
      const job = randomUUID();
      const begun = { ...{ done: 0, total: undefined, counts: {}, detail: undefined }, startedAt: now() };
      jobs.set(job, { ...{ job, channel, kind, state: 'running' }, ...begun, endedAt: undefined });
      const ended = run(job, work).finally(() => running.delete(ended));
      running.add(ended);
      return { kind: 'started', job };
    },
    find: (channel, job) => {
      const found = jobs.get(job);
      return found?.channel === channel ? found : undefined;
    },
    ended: async () => {
      await Promise.all(running);
    },
  };
};
