import { build, type Histogram } from 'hdr-histogram-js';

/** Latencies from 1 us to 60 s, three digits kept. */
export const latencyHistogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000, numberOfSignificantValueDigits: 3 });

export const recordMillis = (histogram: Histogram, millis: number): void =>
  histogram.recordValue(Math.max(1, Math.round(millis * 1_000)));

export type Percentiles = { readonly p50: number; readonly p99: number; readonly max: number };

/** In milliseconds. */
export const percentilesOf = (histogram: Histogram): Percentiles => ({
  p50: histogram.getValueAtPercentile(50) / 1_000,
  p99: histogram.getValueAtPercentile(99) / 1_000,
  max: histogram.maxValue / 1_000,
});

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Three significant digits: more would pretend to a precision that no run has. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(3)) : value);
