import {
  type ChainHead,
  type Digest,
  emptyChain,
  type EventStore,
  genesisHash,
  numberOf,
  type Position,
  type RecordedEvent,
  verifyChain,
} from '#event-sourcing';

export type LogProblem = {
  readonly stream: string;
  /** The first revision that is wrong; what follows it in its stream is not judged. */
  readonly revision: number;
  readonly reason: 'gap' | 'other_stream' | 'hash' | 'event_id' | 'stream_differs_from_log';
};

export type LogVerdict = {
  readonly events: number;
  readonly streams: number;
  /** Digest over all hashes in the order of the log: equal logs have equal ones. */
  readonly digest: string;
  /** One for each stream that is wrong, the first `problemsMax` of them. */
  readonly problems: readonly LogProblem[];
};

export type VerifyLogOptions = {
  readonly store: EventStore;
  readonly digest: Digest;
  readonly onProgress?: (done: { readonly position: Position; readonly head: Position }) => void;
};

export const problemsMax = 1_000;
const batchEventsMax = 5_000;
const streamsPerRead = 500;

/**
 * Reads the whole log up to where it ends now, recomputes the hash chain of every stream from the parsed events, and then
 * asks each stream by its name for its last event: the log and the streams must tell the same.
 *
 * @throws Error when a position is missing, StoreUnavailableError
 * @example const { problems } = await verifyLog({ store, digest });
 */
export const verifyLog = async (options: VerifyLogOptions): Promise<LogVerdict> => {
  const problems = new Map<string, LogProblem>();
  const heads = new Map<string, ChainHead>();
  const seen = await verifyChains(options, heads, problems);
  await verifyStreams(options.store, heads, problems);
  return { ...seen, streams: heads.size + problems.size, problems: [...problems.values()].slice(0, problemsMax) };
};

type Seen = Pick<LogVerdict, 'events' | 'digest'>;
type Heads = Map<string, ChainHead>;
type Problems = Map<string, LogProblem>;

const verifyChains = async (options: VerifyLogOptions, heads: Heads, problems: Problems): Promise<Seen> => {
  const { store, digest, onProgress } = options;
  const head = await store.head();
  let seen: Seen = { events: 0, digest: genesisHash };
  if (head === undefined) return seen;
  const stop = new AbortController();
  for await (const { events, after } of store.subscribe(undefined, { signal: stop.signal, batchEventsMax })) {
    const wanted = events.filter(({ position }) => position <= head);
    for (const event of wanted) verifyEvent(digest, event, heads, problems);
    seen = { events: seen.events + wanted.length, digest: digestOf(digest, seen.digest, wanted) };
    onProgress?.({ position: after, head });
    if (after >= head) stop.abort();
  }
  if (store.capabilities.contiguousPositions && seen.events !== numberOf(head))
    throw new Error('Positions are missing');
  return seen;
};

const verifyEvent = (digest: Digest, event: RecordedEvent, heads: Heads, problems: Problems): void => {
  const { stream } = event;
  if (problems.has(stream)) return;
  const verdict = verifyChain(digest, [event], heads.get(stream) ?? emptyChain);
  if (verdict.kind === 'intact') {
    heads.set(stream, verdict.head);
    return;
  }
  heads.delete(stream);
  problems.set(stream, { stream, revision: verdict.revision, reason: verdict.reason });
};

const digestOf = (digest: Digest, before: string, events: readonly RecordedEvent[]): string =>
  events.reduce((running, { hash }) => digest.chain(running, hash), before);

const verifyStreams = async (store: EventStore, heads: Heads, problems: Problems): Promise<void> => {
  const all = [...heads];
  for (let start = 0; start < all.length; start += streamsPerRead) {
    const some = all.slice(start, start + streamsPerRead);
    const answers = await store.read(
      some.map(([stream, { revision }]) => ({ stream, from: revision })),
      1,
    );
    some.forEach(([stream, { revision, hash }], index) => {
      if (answers[index]?.[0]?.hash === hash) return;
      heads.delete(stream);
      problems.set(stream, { stream, revision, reason: 'stream_differs_from_log' });
    });
  }
};
