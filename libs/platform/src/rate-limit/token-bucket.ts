/** Buckets of keys that have not asked for a while are forgotten beyond this many. */
export const bucketsMax = 10_000;

/** A key may save up this many seconds of its rate. */
export const burstSeconds = 2;

type Bucket = { tokens: number; refilledAt: number };

/** `take` answers 0 when a request may pass, else the whole seconds after which one may. */
export type RateLimit = { readonly take: (key: string, nowMillis: number) => number };

/** A token bucket per key: `perSecond` requests a second, and bursts of `burstSeconds` times as many. */
export const createRateLimit = (perSecond: number): RateLimit => {
  const buckets = new Map<string, Bucket>();
  const capacity = perSecond * burstSeconds;
  const bucketOf = (key: string, now: number): Bucket => {
    const known = buckets.get(key);
    if (known) return known;
    if (buckets.size >= bucketsMax) forgetOldest(buckets);
    const fresh = { tokens: capacity, refilledAt: now };
    buckets.set(key, fresh);
    return fresh;
  };
  return {
    take: (key, now) => {
      const bucket = bucketOf(key, now);
      const refill = (Math.max(0, now - bucket.refilledAt) / 1000) * perSecond;
      bucket.tokens = Math.min(capacity, bucket.tokens + refill);
      bucket.refilledAt = now;
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
      bucket.tokens -= 1;
      return 0;
    },
  };
};

/** The oldest insertion: a key that is still busy gets a full bucket again, which errs on the side of serving. */
const forgetOldest = (buckets: Map<string, Bucket>): void => {
  const oldest = buckets.keys().next();
  if (!oldest.done) buckets.delete(oldest.value);
};
