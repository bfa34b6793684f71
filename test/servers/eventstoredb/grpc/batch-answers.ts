import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Append, Appended, AppendOutcome } from '../log/event-log.js';
import type { BatchAppend } from './batch-requests.js';
import { shared, streams } from './messages.js';
import { identifierOf } from './responses.js';
import { streamDeletedDetail, tooLargeDetail, wrongRevisionDetail, type Detail } from './status-details.js';

export type Answer = streams.BatchAppendResp;

const answerTo = ({ correlationId, stream }: BatchAppend): Answer =>
  new streams.BatchAppendResp().setCorrelationId(correlationId).setStreamIdentifier(identifierOf(stream));

export const errorAnswer = (batch: BatchAppend, error: Detail): Answer => answerTo(batch).setError(error);

export const outcomeAnswer = (batch: BatchAppend, { expected }: Append, outcome: AppendOutcome): Answer => {
  switch (outcome.kind) {
    case 'appended':
      return answerTo(batch).setSuccess(successOf(outcome));
    case 'too_large':
      return errorAnswer(batch, tooLargeDetail());
    case 'deleted':
      return errorAnswer(batch, streamDeletedDetail(batch.stream));
    case 'wrong_revision':
      return errorAnswer(batch, wrongRevisionDetail(expected, outcome.actual));
  }
};

const successOf = ({ revision, position }: Appended): streams.BatchAppendResp.Success => {
  const success = new streams.BatchAppendResp.Success();
  if (revision < 0n) success.setNoStream(new empty.Empty());
  else success.setCurrentRevision(revision.toString());
  if (position === undefined) return success.setNoPosition(new empty.Empty());
  const at = position.toString();
  return success.setPosition(new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at));
};
