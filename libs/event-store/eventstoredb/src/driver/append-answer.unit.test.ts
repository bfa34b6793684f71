import anyMessages from 'google-protobuf/google/protobuf/any_pb.js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import type { Message } from 'google-protobuf';
import { describe, expect, it } from 'vitest';
import { UnknownOutcomeError } from '#event-sourcing';
import { AppendRejectedError, DamagedStreamError, StoreAccessDeniedError } from '../errors.js';
import { answerOf } from './append-answer.js';
import { streamIdentifier } from './messages.js';
import { type BatchAppendResp, shared, streams } from './protocol.js';

const failed = (type: string | undefined, details: Message = new emptyMessages.Empty()): BatchAppendResp => {
  const status = new statusMessages.Status();
  status.setMessage('said');
  if (type !== undefined) {
    const any = new anyMessages.Any();
    any.pack(details.serializeBinary(), `event_store.client.${type}`);
    status.setDetails(any);
  }
  const message = new streams.BatchAppendResp();
  message.setStreamIdentifier(streamIdentifier('stock-A'));
  message.setError(status);
  return message;
};

const wrongRevision = (current: string | undefined): Message => {
  const wrong = new shared.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new emptyMessages.Empty());
  else wrong.setCurrentStreamRevision(current);
  return wrong;
};

const tooLarge = (): Message => {
  const exceeded = new shared.MaximumAppendSizeExceeded();
  exceeded.setMaxappendsize(1_048_576);
  return exceeded;
};

const succeeded = (revision: string | undefined, place: string | undefined): BatchAppendResp => {
  const success = new streams.BatchAppendResp.Success();
  if (revision === undefined) success.setNoStream(new emptyMessages.Empty());
  else success.setCurrentRevision(revision);
  const position = new shared.AllStreamPosition();
  position.setCommitPosition(place ?? '0');
  position.setPreparePosition(place ?? '0');
  if (place !== undefined) success.setPosition(position);
  const message = new streams.BatchAppendResp();
  message.setSuccess(success);
  return message;
};

describe('what the server says of one append', () => {
  it('is where the stream and the log ended', () => {
    const position = { commit: '4711', prepare: '4711' };
    expect(answerOf(succeeded('6', '4711'))).toEqual({ kind: 'appended', revision: 6, position });
    expect(answerOf(succeeded('6', undefined))).toEqual({ kind: 'appended', revision: 6, position: undefined });
    expect(answerOf(succeeded(undefined, undefined))).toMatchObject({ revision: -1 });
  });

  it('is the revision that stands there instead', () => {
    expect(answerOf(failed('WrongExpectedVersion', wrongRevision('0')))).toEqual({
      kind: 'wrong_revision',
      current: 0,
    });
    expect(answerOf(failed('WrongExpectedVersion', wrongRevision(undefined)))).toMatchObject({ current: -1 });
  });

  it.each([
    ['too many bytes', failed('MaximumAppendSizeExceeded', tooLarge()), AppendRejectedError],
    ['a request that it cannot read', failed('BadRequest'), AppendRejectedError],
    ['no rights', failed('AccessDenied'), StoreAccessDeniedError],
    ['a tombstone', failed('StreamDeleted'), DamagedStreamError],
    ['its own timeout: it may land afterwards', failed('Timeout'), UnknownOutcomeError],
    ['that it does not know', failed('Unknown'), UnknownOutcomeError],
    ['something that is not known here', failed('InvalidTransaction'), UnknownOutcomeError],
    ['no details', failed(undefined), UnknownOutcomeError],
    ['neither success nor error', new streams.BatchAppendResp(), UnknownOutcomeError],
  ])('is %s', (_, message, thrownAs) => {
    expect(answerOf(message)).toBeInstanceOf(thrownAs);
  });
});
