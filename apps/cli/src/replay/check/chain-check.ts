import { continuesChain, type Digest, type EventStore, genesisHash, type LogBatch } from '#event-sourcing';

export type ChainCheck = {
  /** The log as it is, each event's hash recomputed on its way. */
  readonly store: Pick<EventStore, 'subscribe' | 'head'>;
  /** The places where a chain does not continue. */
  readonly broken: () => readonly string[];
};

/** Recomputes the hash chains of all streams while somebody else reads the log: one reading serves both. */
export const checkChains = (store: Pick<EventStore, 'subscribe' | 'head'>, digest: Digest): ChainCheck => {
  const heads = new Map<string, string>();
  const broken: string[] = [];
  const check = ({ events }: LogBatch): void => {
    for (const event of events) {
      if (!continuesChain(digest, heads.get(event.stream) ?? genesisHash, event))
        broken.push(`${event.stream}@${event.revision}: the hash chain does not continue`);
      heads.set(event.stream, event.hash);
    }
  };
  return {
    store: {
      head: () => store.head(),
      subscribe: async function* (after, options) {
        for await (const batch of store.subscribe(after, options)) {
          check(batch);
          yield batch;
        }
      },
    },
    broken: () => broken,
  };
};
