import type { Snapshot, SnapshotStore } from '../kernel.js';
import type { KernelParts } from './kernel-parts.js';
import type { Lane } from './lane.js';
import { createPump } from './pump.js';

/** Saves snapshots behind everybody's back. */
export type Snapshotting = {
  readonly committed: (lane: Lane, events: number) => void;
  /** Saves what is still due. */
  readonly flush: () => Promise<void>;
};

/**
 * A stream is due after `eventsPerSnapshot` events, or after as many as its last snapshot has entries where these are
 * more: an event pays for the encoding of one entry or two, and the tail is no longer than the snapshot. (Encoded once a
 * pause, up to 40,000 open holds cost a hot SKU a fifth of its commands a second, measured.) Rounds have a pause between
 * them, so that many streams are not encoded in one go. A failure costs a longer tail at the next start, nothing else.
 */
export const createSnapshotting = (
  parts: KernelParts,
  snapshots: SnapshotStore,
  stopped: AbortSignal,
): Snapshotting => {
  const { bounds, clock, onMetric } = parts;
  const due = new Set<Lane>();
  const saveSome = async (): Promise<void> => {
    const lanes = [...due].slice(0, bounds.snapshotsPerRoundMax);
    for (const lane of lanes) due.delete(lane);
    try {
      await snapshots.save(lanes.flatMap(snapshotOf));
    } catch (error) {
      onMetric({ kind: 'snapshot_failed', error });
    }
  };
  const pump = createPump(
    () => due.size > 0 && !stopped.aborted,
    async () => {
      await clock.sleep(bounds.snapshotPauseMillis, stopped);
      if (!stopped.aborted) await saveSome();
    },
    (error) => onMetric({ kind: 'bug', error }),
  );
  return {
    committed: (lane, events) => {
      lane.eventsSinceSnapshot += events;
      if (lane.eventsSinceSnapshot < Math.max(bounds.eventsPerSnapshot, lane.entriesInSnapshot)) return;
      due.add(lane);
      pump.kick();
    },
    flush: async () => {
      while (due.size > 0) await saveSome();
    },
  };
};

const snapshotOf = (lane: Lane): Snapshot[] => {
  const { standing, stream, kind } = lane;
  if (standing === undefined || standing.revision < 0) return [];
  const { revision, hash, state } = standing;
  const { foldVersion, encode, entryCountOf } = kind.snapshot;
  lane.eventsSinceSnapshot = 0;
  lane.entriesInSnapshot = entryCountOf(state);
  return [{ stream, revision, hash, foldVersion, state: encode(state) }];
};
