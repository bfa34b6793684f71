import type { Resource } from './faults.js';

/** So many requests about something in so long a time. */
export type Limit = { readonly requests: number; readonly perMillis: number };

export type Limits = Partial<Readonly<Record<Resource, Limit>>>;

export type Allowance = {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
};

type Window = { readonly from: number; readonly used: number };

/** Counts in windows that begin with their first request. What has no limit gets no headers. */
export const createLimiter = (now: () => number, limits: () => Limits) => {
  const windows = new Map<Resource, Window>();
  return (resource: Resource): Allowance => {
    const limit = limits()[resource];
    if (limit === undefined) return { allowed: true, headers: {} };
    const last = windows.get(resource);
    const isOver = last === undefined || now() - last.from >= limit.perMillis;
    const { from, used } = isOver ? { from: now(), used: 0 } : last;
    const allowed = used < limit.requests;
    windows.set(resource, { from, used: allowed ? used + 1 : used });
    const seconds = String(Math.ceil((from + limit.perMillis - now()) / 1_000));
    const headers = {
      'x-ratelimit-limit': String(limit.requests),
      'x-ratelimit-remaining': String(Math.max(0, limit.requests - used - 1)),
      'x-ratelimit-reset': seconds,
    };
    return { allowed, headers: allowed ? headers : { ...headers, 'retry-after': seconds } };
  };
};
