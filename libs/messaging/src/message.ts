/** What is handed over for sending. The key orders: messages of one topic and key arrive in the order of their sending. */
export type OutgoingMessage = {
  readonly key: string;
  /** Of CloudEvents in binary mode: `ce_id`, `ce_type` and so on beside `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text; null removes the key from a compacted topic. */
  readonly value: string | null;
};

/** A place in one partition of a topic, counted from 0. Places may be missing (compaction, control records). */
export type Offset = number;

/** What stands in a topic, as untrusted bytes: whoever wrote it may have written anything. */
export type IncomingMessage = {
  readonly offset: Offset;
  readonly key: Uint8Array | undefined;
  /** The last one of repeated names; names are untrusted too, hence a map. */
  readonly headers: ReadonlyMap<string, string>;
  readonly value: Uint8Array | undefined;
};
