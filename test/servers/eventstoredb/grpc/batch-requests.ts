import type { Append } from '../log/event-log.js';
import type { shared, streams } from './messages.js';
import { nameIn, proposedIn, textOf } from './proposed.js';
import { expectedIn } from './revisions.js';

type Request = streams.BatchAppendReq;

export type BatchAppend = {
  readonly correlationId: shared.UUID | undefined;
  readonly stream: string;
  /** In milliseconds since 1970 by the caller's clock; undefined: he has named none. */
  readonly deadline: number | undefined;
  /** Undefined when an id in it is no UUID. */
  readonly append: Append | undefined;
};

/** Appends of one call whose messages have not all come. */
export const createBatchAppends = () => {
  const open = new Map<string, Request[]>();
  return {
    /** The whole append with its last message, nothing before. */
    add: (request: Request): BatchAppend | undefined => {
      const id = textOf(request.getCorrelationId());
      const requests = [...(open.get(id) ?? []), request];
      if (!request.getIsFinal()) {
        open.set(id, requests);
        return undefined;
      }
      open.delete(id);
      return wholeOf(requests);
    },
  };
};

const wholeOf = (requests: readonly Request[]): BatchAppend => {
  const options = requests[0]?.getOptions();
  const stream = nameIn(options?.getStreamIdentifier());
  const events = requests.flatMap((request) => request.getProposedMessagesList()).map(proposedIn);
  const isSound = events.every((event) => event !== undefined);
  return {
    correlationId: requests[0]?.getCorrelationId(),
    stream,
    deadline: options?.getDeadline()?.toDate().getTime(),
    append:
      options !== undefined && isSound
        ? { stream, expected: expectedIn(options, () => options.getStreamPosition()), events }
        : undefined,
  };
};
