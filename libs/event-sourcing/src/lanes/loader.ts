import { createBackoff } from '../backoff.js';
import { continuesChain } from '../chain/verify-chain.js';
import type { RecordedEvent } from '../event.js';
import type { Snapshot } from '../kernel.js';
import { emptyStanding, foldOn } from './fold.js';
import { emptyIds, type IdMemory } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import type { AnyKind, Standing } from './lane.js';
import { createPump } from './pump.js';

/** A stream to be read: from `base` on, or from its snapshot, or from its beginning. */
export type LoadRequest = {
  readonly stream: string;
  readonly kind: AnyKind;
  readonly base?: { readonly standing: Standing; readonly ids: IdMemory };
  /** The store did not answer. Go on trying? */
  readonly goesOn: (error: unknown) => boolean;
};
export type Loaded = { readonly standing: Standing; readonly ids: IdMemory; readonly events: number };

export type Loader = { readonly load: (request: LoadRequest) => Promise<Loaded> };

/** One stream on its way from its base to its last event. */
type Reading = {
  readonly request: LoadRequest;
  readonly done: (loaded: Loaded) => void;
  readonly fail: (error: unknown) => void;
  standing: Standing;
  ids: IdMemory;
  events: number;
  /** The snapshot that the standing comes from, until the log has confirmed it. */
  unconfirmed: Snapshot | undefined;
};

/**
 * Reads streams, many at a time and each page by page: a short one does not wait for the end of a long one. A snapshot
 * is believed when the log has its hash at its revision and goes on from there; else the stream is read from the start.
 */
export const createLoader = (parts: KernelParts): Loader => {
  const { bounds, onMetric } = parts;
  const waiting: Reading[] = [];
  const reading = new Set<Reading>();
  const backoff = createBackoff(parts.clock, parts.random, bounds);

  const admit = async (): Promise<void> => {
    const admitted = waiting.splice(0, Math.max(0, bounds.loadedStreamsMax - reading.size));
    for (const one of admitted) reading.add(one);
    await beginAtSnapshots(
      parts,
      admitted.filter(({ request }) => request.base === undefined),
    );
  };
  const work = async (): Promise<void> => {
    await Promise.resolve();
    await admit();
    const now = [...reading];
    try {
      const pages = await parts.store.read(now.map(nextRead), bounds.readEventsMax);
      backoff.succeeded();
      now.forEach((one, index) => {
        if (takePage(parts, one, pages[index] ?? [])) reading.delete(one);
      });
    } catch (error) {
      onMetric({ kind: 'load_failed', error });
      for (const one of now) if (giveUp(one, error)) reading.delete(one);
      await backoff.wait();
    }
  };
  const pump = createPump(
    () => waiting.length + reading.size > 0,
    work,
    (error) => onMetric({ kind: 'bug', error }),
  );
  return {
    load: (request) =>
      new Promise((done, fail) => {
        waiting.push(beginReading(request, done, fail));
        pump.kick();
      }),
  };
};

const beginReading = (request: LoadRequest, done: Reading['done'], fail: Reading['fail']): Reading => ({
  request,
  done,
  fail,
  standing: request.base?.standing ?? emptyStanding(request.kind),
  ids: request.base?.ids ?? emptyIds(0),
  events: 0,
  unconfirmed: undefined,
});

const beginAtSnapshots = async ({ snapshots, onMetric }: KernelParts, readings: readonly Reading[]): Promise<void> => {
  if (snapshots === undefined || readings.length === 0) return;
  try {
    const found = await snapshots.load(readings.map(({ request }) => request.stream));
    readings.forEach((one, index) => (one.unconfirmed = usable(one.request.kind, found[index])));
  } catch (error) {
    onMetric({ kind: 'snapshot_failed', error });
  }
};

const usable = (kind: AnyKind, snapshot: Snapshot | undefined): Snapshot | undefined =>
  snapshot?.foldVersion === kind.snapshot.foldVersion ? snapshot : undefined;

/** Of a snapshot not yet confirmed the event at its own revision is read, too. */
const nextRead = ({ request, standing, unconfirmed }: Reading) => ({
  stream: request.stream,
  from: unconfirmed?.revision ?? standing.revision + 1,
});

/** Folds a page; true when the stream is finished with, for better or worse. */
const takePage = (parts: KernelParts, one: Reading, page: readonly RecordedEvent[]): boolean => {
  try {
    const events = one.unconfirmed === undefined ? page : confirm(parts, one, one.unconfirmed, page);
    if (events === undefined) return false;
    one.standing = foldOn(one.request.kind, one.standing, events, one.ids, parts.bounds.rememberedIdsPerStreamMax);
    one.events += events.length;
    if (page.length >= parts.bounds.readEventsMax) return false;
    one.done({ standing: one.standing, ids: one.ids, events: one.events });
  } catch (error) {
    one.fail(error);
  }
  return true;
};

/** Takes the snapshot over and returns the events behind it, or throws it away and returns undefined: from the start. */
const confirm = (
  parts: KernelParts,
  one: Reading,
  snapshot: Snapshot,
  [own, ...tail]: readonly RecordedEvent[],
): readonly RecordedEvent[] | undefined => {
  one.unconfirmed = undefined;
  const standing = own === undefined ? undefined : restored(parts, one.request.kind, snapshot, own, tail[0]);
  if (standing === undefined) return undefined;
  one.standing = standing;
  one.ids = emptyIds(snapshot.revision + 1);
  return tail;
};

const restored = (
  { digest, onMetric }: KernelParts,
  kind: AnyKind,
  { stream, revision, hash, state }: Snapshot,
  own: RecordedEvent,
  next: RecordedEvent | undefined,
): Standing | undefined => {
  const discard = (reason: string): undefined => {
    onMetric({ kind: 'snapshot_discarded', stream, reason });
  };
  if (own.revision !== revision || own.hash !== hash) return discard('hash');
  if (next !== undefined && !continuesChain(digest, hash, next)) return discard('chain');
  try {
    const decoded = kind.snapshot.decode(state, revision + 1) as unknown;
    return { state: decoded, revision, hash, recordedAt: own.metadata.recordedAt };
  } catch {
    return discard('decode');
  }
};

const giveUp = ({ request, fail }: Reading, error: unknown): boolean => {
  if (request.goesOn(error)) return false;
  fail(error);
  return true;
};
