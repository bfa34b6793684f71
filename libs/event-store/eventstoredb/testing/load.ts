import {
  type EventStore,
  runSubscription,
  StoreUnavailableError,
  UnknownOutcomeError,
  type Follower,
} from '#event-sourcing';
import { type Head, machineClock, noHead } from '#testing';
import { lastOf, storedIn, writeOf } from './writes.js';

/** One writer on a stream of its own: goes on whatever happens, and notes what was acknowledged. */
export type Writer = {
  readonly stream: string;
  readonly acknowledged: readonly string[];
  /** Errors that are none of the port's. */
  readonly strange: readonly unknown[];
  readonly stopped: Promise<void>;
};

const pauseMs = 20;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));

export const startWriter = (store: EventStore, stream: string, signal: AbortSignal): Writer => {
  const acknowledged: string[] = [];
  const strange: unknown[] = [];
  const once = async (head: Head): Promise<Head> => {
    const write = writeOf(stream, 2, head);
    const [outcome] = await store.append([write]);
    if (outcome?.kind !== 'appended') return outcome?.tail.at(-1) ?? head;
    acknowledged.push(...write.events.map(({ eventId }) => eventId));
    return lastOf(write);
  };
  /** After an unknown outcome nothing is believed but what can be read. */
  const found = async (): Promise<Head> => (await storedIn(store, stream)).at(-1) ?? noHead;
  const work = async (): Promise<void> => {
    let head: Head | undefined = noHead;
    while (!signal.aborted) {
      try {
        head = await once(head ?? (await found()));
      } catch (error) {
        if (error instanceof UnknownOutcomeError) head = undefined;
        else if (!(error instanceof StoreUnavailableError)) strange.push(error);
        await pause();
      }
    }
  };
  return { stream, acknowledged, strange, stopped: work() };
};

export type Subscriber = { readonly ids: readonly string[]; readonly follower: Follower };

/** Follows from the beginning of the streams named, by the kernel's own loop. */
export const startSubscriber = (
  store: EventStore,
  name: string,
  prefixes: readonly string[] | undefined,
  signal: AbortSignal,
): Subscriber => {
  const ids: string[] = [];
  const follower = runSubscription({
    ...{ name, store, clock: machineClock, random: Math.random, signal, after: undefined },
    ...(prefixes === undefined ? {} : { prefixes }),
    handle: ({ events }) => void ids.push(...events.map(({ eventId }) => eventId)),
  });
  return { ids, follower };
};
