import {
  numberOf,
  positionBefore,
  positionOf,
  type LogBatch,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-sourcing';
import type { MemoryLog } from './memory-log.js';

export type WakeUp = { readonly notify: () => void; readonly next: (signal: AbortSignal) => Promise<void> };

/** Wakes whoever waits for the log to change. */
export const createWakeUp = (): WakeUp => {
  const waiting = new Set<() => void>();
  return {
    notify: () => {
      for (const wake of [...waiting]) wake();
    },
    next: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
        if (signal.aborted) wake();
      }),
  };
};

type Source = {
  readonly log: MemoryLog;
  readonly wakeUp: WakeUp;
  readonly isOpen: () => boolean;
  /** How often the next batch is delivered. @throws StoreUnavailableError */
  readonly before: () => number;
};

const batchEventsMaxDefault = 1_000;

export async function* subscribeTo(
  { log, wakeUp, isOpen, before }: Source,
  after: Position | undefined,
  { prefixes, batchEventsMax = batchEventsMaxDefault, inclusive = false, signal }: SubscribeOptions,
): AsyncGenerator<LogBatch> {
  let number = numberOf(inclusive && after !== undefined ? positionBefore(after) : after);
  while (!signal.aborted) {
    const times = before();
    const scanned = isOpen() ? log.slice(number, batchEventsMax) : [];
    if (scanned.length === 0) {
      await wakeUp.next(signal);
      continue;
    }
    number += scanned.length;
    const batch = { events: scanned.filter(isWanted(prefixes)), after: positionOf(number) };
    for (let delivery = 0; delivery < times; delivery++) yield batch;
  }
}

const isWanted =
  (prefixes: readonly string[] | undefined) =>
  ({ stream }: RecordedEvent): boolean =>
    prefixes === undefined || prefixes.some((prefix) => stream.startsWith(prefix));
