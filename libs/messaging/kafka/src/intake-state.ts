import type {
  ConsumerOptions,
  Offset,
  PartitionAlarm,
  PartitionBounds,
  PartitionPosition,
  RecordMark,
} from '#messaging';

/** What the intake may tell the client that fetches for it. */
export type Reader = {
  /** The next fetch begins here. */
  readonly seek: (to: Offset) => void;
  /** The next fetch begins behind this message (and what is no message after it). */
  readonly resolve: (done: Offset) => void;
  /** Nothing more is fetched until `resume`. */
  readonly pause: () => void;
  /** Another member may want the partition, or we stop: no further batch is begun. */
  readonly isLeaving: () => boolean;
};

export type IntakeParts = {
  readonly topic: string;
  readonly partition: number;
  readonly options: ConsumerOptions;
  /** Records may vanish, the last one that was handled too. */
  readonly isCompacted: boolean;
  readonly boundsNow: () => Promise<PartitionBounds>;
  /** Resolves when whoever had the partition before us has let go of it. */
  readonly after: Promise<void>;
  /** After a failure: lets the paused partition go on later, and says so. */
  readonly rest: (onRested: () => void) => void;
  readonly recovered: () => void;
};

/** What is known of a partition while it is ours. */
export type State = {
  position?: PartitionPosition | undefined;
  alarm?: PartitionAlarm | undefined;
  /** Where a record stood when it was looked at last; it is read again before anything more is handled. */
  toVerify?: RecordMark | undefined;
  /** The mark of the last look: a topic made anew in between is found by it though the position has moved on. */
  anchor?: RecordMark | undefined;
  /** Where the client was sent when nothing else of this partition was on its way. */
  sought?: Offset | undefined;
  high: Offset;
  /** The client's own place, past what is no message. */
  reached: Offset;
  isChecked: boolean;
  isBusy: boolean;
  isResting: boolean;
  /** What came last could not be handled. */
  isFailing: boolean;
  movedAt: number;
};

export type Run = IntakeParts & { readonly state: State; readonly signal: AbortSignal };

/** Asked anew after every step: a check may have raised it. */
export const isAlarmed = ({ alarm }: State): boolean => alarm !== undefined;

export const lagOf = ({ high, reached, position }: State): number =>
  Math.max(high - Math.max(reached, position?.next ?? 0), 0);

export const seek = (state: State, reader: Reader, to: Offset): false => {
  state.sought = to;
  reader.seek(to);
  return false;
};

export const restart = (state: State): void => {
  state.isChecked = false;
  state.sought = undefined;
  state.movedAt = performance.now();
};
