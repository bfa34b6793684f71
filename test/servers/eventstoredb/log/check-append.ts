import type { LogRecord } from './record.js';

export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

/** What the decision needs to know of a stream. */
export type StreamHead = {
  /** The revision of its last event; -1 when it never had one. */
  readonly last: bigint;
  readonly isTombstoned: boolean;
  readonly isSoftDeleted: boolean;
  /** Also true of a stream that has only metadata. */
  readonly exists: boolean;
  readonly at: (revision: bigint) => LogRecord | undefined;
  /** The event of this stream that last bore the id. */
  readonly withId: (id: string) => LogRecord | undefined;
};

export type Verdict =
  | { readonly kind: 'write' }
  /** Everything stands already; `last` is the record of the last id. */
  | { readonly kind: 'stored'; readonly last: LogRecord }
  | { readonly kind: 'wrong_revision'; readonly actual: bigint }
  | { readonly kind: 'deleted' };

/** Whether ids may be appended at an expected revision. Only ids are compared with what stands, never bytes. */
export const checkAppend = (expected: ExpectedRevision, ids: readonly string[], head: StreamHead): Verdict => {
  if (head.isTombstoned) return { kind: 'deleted' };
  if (expected === 'stream_exists' && head.isSoftDeleted) return { kind: 'deleted' };
  if (expected === 'stream_exists' && !head.exists) return wrong(head);
  if (expected === 'any' || expected === 'stream_exists') return anywhere(ids, head);
  const revision = expected === 'no_stream' ? -1n : expected;
  if (revision === head.last) return { kind: 'write' };
  return revision > head.last ? wrong(head) : asRepeat(revision, ids, head);
};

const wrong = ({ last }: StreamHead): Verdict => ({ kind: 'wrong_revision', actual: last });

/** Without a revision the first id decides: it is new, or all of them must be known. */
const anywhere = (ids: readonly string[], head: StreamHead): Verdict => {
  const known = ids.map(head.withId);
  if (known[0] === undefined) return { kind: 'write' };
  const last = known.at(-1);
  return last === undefined || known.includes(undefined) ? wrong(head) : { kind: 'stored', last };
};

/** At a revision that is past, the ids must be those that came next, in that order; fewer of them will do. */
const asRepeat = (revision: bigint, ids: readonly string[], head: StreamHead): Verdict => {
  const isRepeat = ids.every((id, index) => head.at(revision + 1n + BigInt(index))?.id === id);
  const last = head.at(revision + BigInt(ids.length));
  if (ids.length > 0 && isRepeat && last !== undefined) return { kind: 'stored', last };
  // A soft-deleted stream is begun again as if it were none, and counts on.
  return revision === -1n && head.isSoftDeleted ? { kind: 'write' } : wrong(head);
};
