import { NO_STREAM, type Revision, UnknownOutcomeError } from '#event-sourcing';
import { AppendRejectedError, DamagedStreamError, StoreAccessDeniedError } from '../errors.js';
import type { LogPosition } from '../log-position.js';
import { type BatchAppendResp, shared, type StatusMessage } from './protocol.js';

/** `revision`: of the last event stored. `current`: the stream's last revision, NO_STREAM without one. */
export type AppendAnswer =
  | { readonly kind: 'appended'; readonly revision: Revision; readonly position: LogPosition | undefined }
  | { readonly kind: 'wrong_revision'; readonly current: Revision };

/** What the server says of one append; an error where it was not stored, or nobody knows. */
export const answerOf = (message: BatchAppendResp): AppendAnswer | Error => {
  const success = message.getSuccess();
  if (success !== undefined) {
    const position = success.getPosition();
    return {
      kind: 'appended',
      revision: success.hasCurrentRevision() ? Number(success.getCurrentRevision()) : NO_STREAM,
      position: position && { commit: position.getCommitPosition(), prepare: position.getPreparePosition() },
    };
  }
  const status = message.getError();
  if (status === undefined) return new UnknownOutcomeError('the server answered neither success nor error');
  return answerOfStatus(status, streamOf(message));
};

const streamOf = (message: BatchAppendResp): string =>
  Buffer.from(message.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

const package_ = 'event_store.client';

/** The details name what went wrong. Of whatever is not known here nobody can tell whether it was stored. */
const answerOfStatus = (status: StatusMessage, stream: string): AppendAnswer | Error => {
  const details = status.getDetails();
  const said = status.getMessage();
  if (details === undefined) return new UnknownOutcomeError(said);
  switch (details.getTypeName()) {
    case `${package_}.WrongExpectedVersion`: {
      const wrong = shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8());
      const current = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : NO_STREAM;
      return { kind: 'wrong_revision', current };
    }
    case `${package_}.AccessDenied`:
      return new StoreAccessDeniedError(`no right to append to ${stream}`);
    case `${package_}.StreamDeleted`:
      return new DamagedStreamError(stream, 'tombstoned', 'the stream has been deleted for good');
    case `${package_}.MaximumAppendSizeExceeded`: {
      const { maxappendsize } = shared.MaximumAppendSizeExceeded.deserializeBinary(details.getValue_asU8()).toObject();
      return new AppendRejectedError(`an append to ${stream} has more than ${maxappendsize} bytes`);
    }
    case `${package_}.BadRequest`:
      return new AppendRejectedError(`the server cannot read an append to ${stream}: ${said}`);
    default:
      return new UnknownOutcomeError(said || `the server failed with an append to ${stream}`);
  }
};
