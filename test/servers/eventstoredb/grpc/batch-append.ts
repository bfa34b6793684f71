import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import type { Append } from '../log/event-log.js';
import type { Node } from '../node/node.js';
import { admit } from './admission.js';
import { errorAnswer, outcomeAnswer, type Answer } from './batch-answers.js';
import { createBatchAppends, type BatchAppend } from './batch-requests.js';
import type { streams } from './messages.js';
import { accessDeniedDetail, badRequestDetail, timeoutDetail } from './status-details.js';

type Request = streams.BatchAppendReq;
type Call = ServerDuplexStream<Request, Answer>;

/**
 * BatchAppend: many appends on one call, each in one message or more, answered by correlation id. It knows no leader:
 * a follower hands appends on. A refusal of the call itself ends it for all that wait on it.
 */
export const batchAppendHandler =
  (node: Node): handleBidiStreamingCall<Request, Answer> =>
  (call) => {
    const appends = createBatchAppends();
    call.on('data', (request: Request) => {
      const complete = appends.add(request);
      if (complete !== undefined) decide(node, call, complete);
    });
    call.on('end', () => call.end());
  };

const decide = (node: Node, call: Call, batch: BatchAppend): void => {
  node.meter.appends += 1;
  const admission = admit(node, call.metadata, 'append', { heedsLeader: false });
  if (admission.kind === 'turned_away') return void call.emit('error', admission.error);
  const { append } = batch;
  if (append === undefined) return answer(call, errorAnswer(batch, badRequestDetail()));
  if (!node.users.mayWrite(admission.caller, append.stream)) {
    return answer(call, errorAnswer(batch, accessDeniedDetail()));
  }
  switch (node.faults.nextAppendFault()) {
    case undefined:
      return hasPassed(node, batch)
        ? answer(call, errorAnswer(batch, timeoutDetail()))
        : answerDurably(node, call, outcomeAnswer(batch, append, node.log.append(append)));
    case 'land_late':
      return landLate(node, call, batch, append);
    case 'lose_answer':
      node.log.append(append);
      return node.cutConnections();
  }
};

/** Nothing is answered that the disk does not have; what an ended server had not answered is nobody's any more. */
const answerDurably = (node: Node, call: Call, response: Answer): void =>
  node.log.onceDurable(() => node.isRunning() && answer(call, response));

const answer = (call: Call, response: Answer): void => {
  if (!call.cancelled && !call.destroyed) call.write(response);
};

/** A moment by the caller's clock is held against the server's: where they differ, so does what is past. */
const hasPassed = ({ faults }: Node, { deadline }: BatchAppend): boolean =>
  deadline !== undefined && deadline <= faults.now();

/** Of an append that names no deadline. */
const writeMillisMax = 2_000;

/** Nobody but the server watches the deadline of an append on this path: it says that it passed, and then appends. */
const landLate = (node: Node, call: Call, batch: BatchAppend, append: Append): void => {
  const requested = batch.deadline === undefined ? writeMillisMax : batch.deadline - node.faults.now();
  const untilDeadline = Math.max(0, requested);
  setTimeout(() => {
    if (!node.isRunning()) return;
    answer(call, errorAnswer(batch, timeoutDetail()));
    node.log.append(append);
  }, untilDeadline).unref();
};
