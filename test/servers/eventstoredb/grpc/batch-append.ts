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
  const admission = admit(node, call.metadata, 'append', { heedsLeader: false });
  if (admission.kind === 'turned_away') return void call.emit('error', admission.error);
  const { append } = batch;
  if (append === undefined) return answer(call, errorAnswer(batch, badRequestDetail()));
  if (!node.users.mayWrite(admission.caller, append.stream)) {
    return answer(call, errorAnswer(batch, accessDeniedDetail()));
  }
  switch (node.faults.nextAppendFault()) {
    case undefined:
      return answer(call, outcomeAnswer(batch, append, node.log.append(append)));
    case 'land_late':
      return landLate(node, call, batch, append);
    case 'lose_answer':
      node.log.append(append);
      return node.cutConnections();
  }
};

const answer = (call: Call, response: Answer): void => {
  if (!call.cancelled && !call.destroyed) call.write(response);
};

/** Nobody but the server watches the deadline of an append on this path: it says that it passed, and then appends. */
const landLate = (node: Node, call: Call, batch: BatchAppend, append: Append): void => {
  const untilDeadline = Math.max(0, batch.deadline - Date.now());
  setTimeout(() => {
    if (!node.isRunning()) return;
    answer(call, errorAnswer(batch, timeoutDetail()));
    node.log.append(append);
  }, untilDeadline).unref();
};
