import type { Histogram } from 'hdr-histogram-js';
import { latencyHistogram, recordMillis } from './statistics.js';

export type Answered = { readonly position: string; readonly atMs: number };

/** Brings commands and announcements together, whichever of the two is heard of first. */
export type Watch = {
  readonly answered: (sku: string, command: Answered) => void;
  /** What a channel shows of the SKU rests on its events up to this position. */
  readonly announced: (sku: string, position: string, atMs: number) => void;
  readonly waiting: () => number;
  readonly latency: Histogram;
};

export const createWatch = (): Watch => {
  const latency = latencyHistogram();
  const waiting = new Map<string, readonly Answered[]>();
  const told = new Map<string, string>();
  return {
    latency,
    waiting: () => waiting.size,
    answered: (sku, command) => {
      if (command.position <= (told.get(sku) ?? '')) recordMillis(latency, 0);
      else waiting.set(sku, [...(waiting.get(sku) ?? []), command]);
    },
    announced: (sku, position, atMs) => {
      told.set(sku, position);
      const [done, left] = partition(waiting.get(sku) ?? [], (command) => command.position <= position);
      for (const command of done) recordMillis(latency, atMs - command.atMs);
      if (left.length > 0) waiting.set(sku, left);
      else waiting.delete(sku);
    },
  };
};

const partition = <T>(items: readonly T[], belongs: (item: T) => boolean): readonly [T[], T[]] => [
  items.filter(belongs),
  items.filter((item) => !belongs(item)),
];
