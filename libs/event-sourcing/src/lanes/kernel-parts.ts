import type { EventStore } from '../event-store.js';
import type { KeyIndex, SnapshotStore } from '../kernel.js';
import type { Clock, Digest, Random } from '../runtime.js';
import type { Bounds } from './bounds.js';
import type { OnMetric } from './metrics.js';

/** What lanes are made of. */
export type KernelParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly random: Random;
  readonly keyIndex: KeyIndex;
  readonly snapshots: SnapshotStore | undefined;
  readonly bounds: Bounds;
  /** Other processes may append to the streams of these lanes. */
  readonly othersWrite: boolean;
  readonly onMetric: OnMetric;
  /** Awaited before each batch is decided: what has arrived by then goes along. */
  readonly gather: () => Promise<void>;
};
