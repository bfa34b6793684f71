import type { Snapshot, SnapshotStore } from '#event-sourcing';

export type MemorySnapshots = SnapshotStore & { readonly saved: Map<string, Snapshot> };

/** Snapshots in a Map: as JSON text, as a real store would keep them. */
export const createMemorySnapshots = (): MemorySnapshots => {
  const saved = new Map<string, Snapshot>();
  return {
    saved,
    load: (streams) => Promise.resolve(streams.map((stream) => saved.get(stream))),
    save: (snapshots) => {
      for (const snapshot of snapshots) saved.set(snapshot.stream, JSON.parse(JSON.stringify(snapshot)) as Snapshot);
      return Promise.resolve();
    },
  };
};
