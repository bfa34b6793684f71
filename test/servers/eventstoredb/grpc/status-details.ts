import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { appendBytesMax } from '../log/event-log.js';
import { codes, shared, statuses } from './messages.js';
import { identifierOf } from './responses.js';
import type { Expected } from './revisions.js';

/** An error within the answer of a batch: the client goes by the type of its details. */
export type Detail = statuses.Status;

const detail = (name: string, code: codes.Code, message: { readonly serializeBinary: () => Uint8Array }): Detail => {
  const packed = new any.Any();
  packed.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new statuses.Status().setCode(code).setMessage(name).setDetails(packed);
};

export const accessDeniedDetail = (): Detail =>
  detail('AccessDenied', codes.Code.PERMISSION_DENIED, new shared.AccessDenied());

export const badRequestDetail = (): Detail =>
  detail('BadRequest', codes.Code.INVALID_ARGUMENT, new shared.BadRequest().setMessage('An id is not a UUID.'));

export const timeoutDetail = (): Detail => detail('Timeout', codes.Code.DEADLINE_EXCEEDED, new shared.Timeout());

export const tooLargeDetail = (): Detail =>
  detail(
    'MaximumAppendSizeExceeded',
    codes.Code.INVALID_ARGUMENT,
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(appendBytesMax),
  );

export const streamDeletedDetail = (stream: string): Detail =>
  detail(
    'StreamDeleted',
    codes.Code.FAILED_PRECONDITION,
    new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)),
  );

export const wrongRevisionDetail = (expected: Expected, actual: bigint): Detail => {
  const conflict = new shared.WrongExpectedVersion();
  if (actual < 0n) conflict.setCurrentNoStream(new empty.Empty());
  else conflict.setCurrentStreamRevision(actual.toString());
  if (expected === 'any') conflict.setExpectedAny(new empty.Empty());
  else if (expected === 'no_stream') conflict.setExpectedNoStream(new empty.Empty());
  else if (expected === 'stream_exists') conflict.setExpectedStreamExists(new empty.Empty());
  else conflict.setExpectedStreamPosition(expected.toString());
  return detail('WrongExpectedVersion', codes.Code.FAILED_PRECONDITION, conflict);
};
