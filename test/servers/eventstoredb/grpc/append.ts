import type { handleClientStreamingCall, sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { Append, AppendOutcome } from '../log/event-log.js';
import type { ProposedEvent } from '../log/record.js';
import type { Node } from '../node/node.js';
import { admit } from './admission.js';
import { shared, streams } from './messages.js';
import { nameIn, proposedIn } from './proposed.js';
import { accessDenied, streamDeleted, thrownByHandler, tooLarge, type CallError } from './refusals.js';
import { expectedIn, type Expected } from './revisions.js';

type Request = streams.AppendReq;
type Response = streams.AppendResp;
type Call = ServerReadableStream<Request, Response>;

/** Append: the options, then an event a message, then one answer. */
export const appendHandler =
  (node: Node): handleClientStreamingCall<Request, Response> =>
  (call, answer) => {
    const requests: Request[] = [];
    call.on('data', (request: Request) => requests.push(request));
    call.on('end', () => decide(node, call, requests, answer));
  };

const decide = (node: Node, call: Call, requests: readonly Request[], answer: sendUnaryData<Response>): void => {
  node.meter.appends += 1;
  const admission = admit(node, call.metadata, 'append');
  if (admission.kind === 'turned_away') return answer(admission.error);
  const append = appendIn(requests);
  if (append === undefined) return answer(thrownByHandler());
  if (!node.users.mayWrite(admission.caller, append.stream)) return answer(accessDenied());
  switch (node.faults.nextAppendFault()) {
    case undefined:
      return answerDurably(node, append, node.log.append(append), answer);
    case 'land_late':
      // The deadline stands in the call: gRPC ends it on both sides, and only then does the append land.
      return void call.once('cancelled', () => node.isRunning() && node.log.append(append));
    case 'lose_answer':
      node.log.append(append);
      return node.cutConnections();
  }
};

const appendIn = (requests: readonly Request[]): Append | undefined => {
  const options = requests[0]?.getOptions();
  const events = requests.slice(1).map((request) => proposedOf(request));
  if (options === undefined || !events.every((event) => event !== undefined)) return undefined;
  return {
    stream: nameIn(options.getStreamIdentifier()),
    expected: expectedIn(options, () => options.getRevision()),
    events,
  };
};

const proposedOf = (request: Request): ProposedEvent | undefined => {
  const message = request.getProposedMessage();
  return message && proposedIn(message);
};

const answerDurably = (node: Node, append: Append, outcome: AppendOutcome, answer: sendUnaryData<Response>): void =>
  node.log.onceDurable(() => node.isRunning() && answerWith(append, outcome, answer));

const answerWith = (append: Append, outcome: AppendOutcome, answer: sendUnaryData<Response>): void => {
  const result = responseOf(append, outcome);
  if ('code' in result) answer(result);
  else answer(null, result);
};

const responseOf = ({ stream, expected }: Append, outcome: AppendOutcome): Response | CallError => {
  switch (outcome.kind) {
    case 'too_large':
      return tooLarge();
    case 'deleted':
      return streamDeleted(stream);
    case 'wrong_revision':
      return new streams.AppendResp().setWrongExpectedVersion(conflictOf(expected, outcome.actual));
    case 'appended': {
      const success = new streams.AppendResp.Success();
      if (outcome.revision < 0n) success.setNoStream(new shared.Empty());
      else success.setCurrentRevision(outcome.revision.toString());
      if (outcome.position === undefined) success.setNoPosition(new shared.Empty());
      else success.setPosition(positionOf(outcome.position));
      return new streams.AppendResp().setSuccess(success);
    }
  }
};

const positionOf = (position: bigint): streams.AppendResp.Position =>
  new streams.AppendResp.Position().setCommitPosition(position.toString()).setPreparePosition(position.toString());

const conflictOf = (expected: Expected, actual: bigint): streams.AppendResp.WrongExpectedVersion => {
  const conflict = new streams.AppendResp.WrongExpectedVersion();
  if (actual < 0n) conflict.setCurrentNoStream(new shared.Empty());
  else conflict.setCurrentRevision(actual.toString());
  if (expected === 'any') return conflict.setExpectedAny(new shared.Empty());
  if (expected === 'no_stream') return conflict.setExpectedNoStream(new shared.Empty());
  if (expected === 'stream_exists') return conflict.setExpectedStreamExists(new shared.Empty());
  return conflict.setExpectedRevision(expected.toString());
};
