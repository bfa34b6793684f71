import {
  continuesChain,
  genesisHash,
  uuidV8FromHash,
  type Digest,
  type EventStore,
  type RecordedEvent,
} from '#event-sourcing';
import { factCommandOf, factsOf, tellerOf } from '#stock';
import { readStream } from './find-lost.js';
import { asStockEvent, type LostEvent } from './lost-event.js';

export type JudgeOptions = {
  readonly store: Pick<EventStore, 'read'>;
  readonly digest: Digest;
  /** Messages that were taken in before the restore may still come again. */
  readonly isIntakeBehind: boolean;
};

/** What the intake calls whoever sends a message. */
const messageActor = 'message';

/** Says of each lost event whether somebody tells it again. They come by stream and revision. */
export const judgeLost = async (
  lost: readonly RecordedEvent[],
  { store, digest, isIntakeBehind }: JudgeOptions,
): Promise<readonly LostEvent[]> => {
  const judged: LostEvent[] = [];
  for (const [stream, events] of byStream(lost)) {
    const log = await readFork(store, stream, events[0]?.revision ?? 0);
    const isProven = chainOf(events, log, digest);
    const wholes = wholeOf(events);
    for (const event of events) {
      const place = { isKnown: isKnownIn(log, event), isWhole: wholes.has(event.eventId), isIntakeBehind };
      judged.push(isProven(event) ? judgeOne(event, place) : { event, status: 'unproven' });
    }
  }
  return judged;
};

const byStream = (lost: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of lost) {
    const events = streams.get(event.stream) ?? [];
    events.push(event);
    streams.set(event.stream, events);
  }
  return streams;
};

/** What the log has of a stream around and after the place where the lost events left it. */
type Fork = {
  /** By revision, from the one before the first lost event on. */
  readonly hashes: ReadonlyMap<number, string>;
  /** The newest version of each fact that was told since. */
  readonly versions: ReadonlyMap<string, number>;
};

const readFork = async (store: JudgeOptions['store'], stream: string, first: number): Promise<Fork> => {
  const hashes = new Map<number, string>();
  const versions = new Map<string, number>();
  for await (const event of readStream(store, stream, Math.max(first - 1, 0))) {
    hashes.set(event.revision, event.hash);
    const { key, version } = factIn(event) ?? {};
    if (key !== undefined && version !== undefined) versions.set(key, Math.max(version, versions.get(key) ?? 0));
  }
  return { hashes, versions };
};

const factIn = (event: RecordedEvent): { readonly key: string; readonly version: number } | undefined => {
  for (const { key, record } of factsOf(asStockEvent(event)))
    if (record.kind === 'fact') return { key, version: record.version };
  return undefined;
};

const isKnownIn = ({ versions }: Fork, event: RecordedEvent): boolean => {
  const fact = factIn(event);
  return fact !== undefined && (versions.get(fact.key) ?? 0) >= fact.version;
};

/** An event is proven by the one before it, in the log or among the lost ones: nobody can have made it up. */
const chainOf = (events: readonly RecordedEvent[], { hashes }: Fork, digest: Digest) => {
  const proven = new Map<number, Set<string>>();
  const before = (revision: number): readonly string[] => {
    if (revision === 0) return [genesisHash];
    const own = hashes.get(revision - 1);
    return [...(own === undefined ? [] : [own]), ...(proven.get(revision - 1) ?? [])];
  };
  for (const event of events) {
    const { revision, hash, eventId } = event;
    const continues = before(revision).some((previous) => continuesChain(digest, previous, event));
    if (continues && eventId === uuidV8FromHash(hash))
      proven.set(revision, new Set([...(proven.get(revision) ?? []), hash]));
  }
  return ({ revision, hash }: RecordedEvent): boolean => proven.get(revision)?.has(hash) ?? false;
};

/** Of the events of one version of a fact the last one, which tells it whole. */
const wholeOf = (events: readonly RecordedEvent[]): ReadonlySet<string> => {
  const last = new Map<string, string>();
  for (const event of events) {
    const { key = event.eventId, version = 0 } = factIn(event) ?? {};
    last.set(`${version}|${key}`, event.eventId);
  }
  return new Set(last.values());
};

type Standing = { readonly isKnown: boolean; readonly isWhole: boolean; readonly isIntakeBehind: boolean };

const judgeOne = (event: RecordedEvent, { isKnown, isWhole, isIntakeBehind }: Standing): LostEvent => {
  const teller = tellerOf(asStockEvent(event));
  if (isKnown) return { event, teller, status: 'known' };
  if (teller !== 'report') return { event, teller, status: 'told_again' };
  if (!isWhole) return { event, teller, status: 'part' };
  if (event.metadata.actor === messageActor && isIntakeBehind) return { event, teller, status: 'awaited' };
  const command = factCommandOf(asStockEvent(event));
  return command === undefined
    ? { event, teller, status: 'untellable' }
    : { event, teller, status: 'offered', command };
};
