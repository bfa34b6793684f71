import { setTimeout as wait } from 'node:timers/promises';
import type { BenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import { within } from '../support/deadline.js';
import { latencyHistogram, recordMillis } from '../support/statistics.js';
import { createWatch, type Watch } from '../support/watch.js';
import { putTo } from './put-to.js';
import { readFeed } from './read-feed.js';

const salesPerSecond = 50;
/** After the last sale, this long may pass until it is announced. */
const lastMillisMax = 20_000;

export type Latencies = { readonly answers: ReturnType<typeof latencyHistogram>; readonly announced: Watch['latency'] };
type Part = Latencies & { readonly watch: Watch };

export type Sales = {
  /** What was measured since the last part was taken; the next one begins. */
  readonly part: () => Latencies;
  /** Ends the sales, and waits until the last one is announced. */
  readonly stop: () => Promise<void>;
};

/** A cart of its own each time, on SKUs spread over all of them, at a steady pace, with a subscriber that listens. */
export const startSales = (service: BenchService, skus: readonly string[]): Sales => {
  const abort = new AbortController();
  const newPart = (): Part => {
    const watch = createWatch();
    return { answers: latencyHistogram(), watch, announced: watch.latency };
  };
  let part = newPart();
  const parts = [part];
  const feed = readFeed(
    service,
    ({ sku, position }) => {
      const atMs = performance.now();
      for (const { watch } of parts) watch.announced(sku, position, atMs);
    },
    abort.signal,
  );
  let number = 0;
  const sellOne = async (): Promise<void> => {
    const into = part;
    number += 1;
    const sku = skus[number % skus.length] ?? '';
    const sentAt = performance.now();
    const path = `/v1/reservations/${place.channel}/cart-${number}`;
    const { position } = (await putTo(service, path, { lines: [{ sku, quantity: 1 }] })) as {
      readonly position: string;
    };
    const atMs = performance.now();
    recordMillis(into.answers, atMs - sentAt);
    into.watch.answered(sku, { position, atMs });
  };
  let ended = false;
  const selling = sellAtPace(sellOne, () => ended);
  // Told by `stop`, whenever it fails
  selling.catch(() => undefined);
  const stop = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await selling;
    await within('the last announcement', lastMillisMax, heardOfAll(parts));
    abort.abort();
    await feed;
  };
  return {
    part: () => {
      const taken = part;
      part = newPart();
      parts.push(part);
      return taken;
    },
    stop,
  };
};

const heardOfAll = async (parts: readonly Part[]): Promise<void> => {
  while (parts.some(({ watch }) => watch.waiting() > 0)) await wait(5);
};

const sellAtPace = async (sellOne: () => Promise<void>, ended: () => boolean): Promise<void> => {
  const startedAt = performance.now();
  const open = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (let sent = 0; !ended() && failures.length === 0;) {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * salesPerSecond);
    for (; sent < due; sent += 1) {
      const selling = sellOne()
        .catch((error: unknown) => void failures.push(error))
        .finally(() => open.delete(selling));
      open.add(selling);
    }
    await wait(1);
  }
  await Promise.all(open);
  if (failures.length > 0) throw new Error(`${failures.length} sales failed`, { cause: failures[0] });
};
