import { setMaxListeners } from 'node:events';

/** What ends a piece of work before its time. */
export type Bounds = {
  /** Whole milliseconds that it may take; as long as it likes when left out. */
  readonly millis?: number;
  /** It ends with any of them. */
  readonly signals?: readonly (AbortSignal | undefined)[];
};

/**
 * Aborts the controller, with the signal's reason, as soon as the signal aborts.
 * @returns ends that: whoever is done calls it, so that a signal that lives as long as the process keeps nothing of them
 */
export const endWith = (controller: AbortController, signal: AbortSignal): (() => void) => {
  const end = (): void => controller.abort(signal.reason);
  // Every one of them goes with its own work: many at once are no leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return () => signal.removeEventListener('abort', end);
};

/**
 * Gives the work a signal that aborts after its time (a `TimeoutError`), or with any of the others. It is there in place of
 * `AbortSignal.any` over `AbortSignal.timeout`, which in Node 20 never aborts once the garbage was collected: of 200 deadlines
 * that a collection came between, 200 were lost, and what was to end after a second waits for ever.
 * @returns what the work does; nothing is left behind it, neither a timer nor a listener
 */
export const within = async <Value>(
  { millis, signals = [] }: Bounds,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> => {
  const ended = new AbortController();
  const expire = (): void => ended.abort(new DOMException(`It took longer than ${millis} ms`, 'TimeoutError'));
  const timer = millis === undefined ? undefined : setTimeout(expire, millis);
  const releases = signals.flatMap((signal) => (signal === undefined ? [] : [endWith(ended, signal)]));
  try {
    return await work(ended.signal);
  } finally {
    clearTimeout(timer);
    for (const release of releases) release();
  }
};
