/** What a writer proposes. `data` and `metadata` are opaque bytes; an absent metadata is empty. */
export type ProposedEvent = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

/** What stands in the log. `position` is its commit and its prepare position: every append here commits itself. */
export type LogRecord = ProposedEvent & {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** Units of 100 ns since 1970. */
  readonly createdTicks: bigint;
};

/** A record before the log has given it a place. */
export type UnplacedRecord = Omit<LogRecord, 'position' | 'createdTicks'>;

/** The revision of the record that ends a tombstoned stream, and the `$tb` of a soft-deleted one: the largest int64. */
export const revisionMax = 0x7fff_ffff_ffff_ffffn;

/** Where the first record stands. Before it is what opens a new log and is no event. */
export const firstPosition = 136n;

/** Everything of a record that is not one of its own bytes: frame, ids, numbers. */
const overheadBytes = 116;

/** How far a record moves the log on: positions are places in it, not numbers of events. */
export const lengthOf = ({ stream, type, data, metadata }: UnplacedRecord): bigint =>
  BigInt(overheadBytes + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length);

/** What an event counts towards the limit of an append: a type counts two bytes a character. */
export const bytesInAppend = ({ type, data, metadata }: ProposedEvent): number =>
  type.length * 2 + data.length + metadata.length;
