import { randomUUID } from 'node:crypto';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { StoreUnavailableError, UnknownOutcomeError } from '#event-sourcing';
import { AppendRejectedError, StoreAccessDeniedError } from '../errors.js';
import { type AppendAnswer, answerOf } from './append-answer.js';
import type { Connection } from './connection.js';
import { failureOf, messageOf } from './failures.js';
import { type AppendRequest, appendMessages, uuidTextOf } from './messages.js';
import type { BatchAppendReq, BatchAppendResp, StreamsCaller } from './protocol.js';

/** Appends over one duplex call, which keeps their order: many under way at once, each with a deadline of its own. */
export type Appender = {
  /** @throws UnknownOutcomeError, StoreUnavailableError, StoreAccessDeniedError, AppendRejectedError */
  readonly append: (request: AppendRequest) => Promise<AppendAnswer>;
  /** Gives up what is under way: its outcome is unknown. */
  readonly close: () => void;
};

type Pending = {
  readonly settle: (answer: AppendAnswer | Error) => void;
  readonly timer: NodeJS.Timeout;
};

/** One call with the appends that wait for an answer on it: no other call's error or answer can reach them. */
type Call = {
  readonly caller: StreamsCaller;
  readonly stream: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly pending: Map<string, Pending>;
  hasAnswered: boolean;
  isOver: boolean;
};

export const createAppender = (connection: Connection, answerMsMax: number): Appender => {
  let current: Call | undefined;
  return {
    append: async (request) => {
      const caller = await connection.caller();
      if (current === undefined || current.isOver || current.caller !== caller) current = openCall(connection, caller);
      return send(connection, current, request, answerMsMax);
    },
    close: () => {
      if (current !== undefined) end(current, new UnknownOutcomeError('the event store was closed'));
    },
  };
};

/** @throws StoreUnavailableError: a channel that was closed at this very moment takes no call */
const openCall = (connection: Connection, caller: StreamsCaller): Call => {
  let stream: Call['stream'];
  try {
    stream = caller.batchAppend(connection.headers());
  } catch (error) {
    throw new StoreUnavailableError(messageOf(error), { cause: error });
  }
  const call: Call = { caller, stream, pending: new Map(), hasAnswered: false, isOver: false };
  const fail = (error: unknown): void => {
    const known = call.hasAnswered ? undefined : refusalOf(error);
    connection.leave(caller, error);
    end(call, known ?? new UnknownOutcomeError(messageOf(error), { cause: error }));
  };
  // Listening for errors as long as it lives: one that nobody hears would end the process.
  stream.on('error', fail);
  stream.on('end', () => fail(new Error('the server ended the call')));
  stream.on('data', (message: BatchAppendResp) => take(call, message));
  return call;
};

/** A call that was refused before it answered anything: nothing of it was stored. */
const refusalOf = (error: unknown): Error | undefined => {
  const failure = failureOf(error);
  if (failure.kind === 'access_denied') return new StoreAccessDeniedError(messageOf(error), { cause: error });
  if (failure.kind === 'not_leader') return new StoreUnavailableError(messageOf(error), { cause: error });
  if (failure.kind === 'unsupported') return new AppendRejectedError(messageOf(error), { cause: error });
  return undefined;
};

const end = (call: Call, error: Error): void => {
  if (call.isOver) return;
  call.isOver = true;
  for (const { settle } of [...call.pending.values()]) settle(error);
  call.stream.cancel();
};

/** An answer that nobody waits for any more is dropped. */
const take = (call: Call, message: BatchAppendResp): void => {
  call.hasAnswered = true;
  call.pending.get(uuidTextOf(message.getCorrelationId()))?.settle(answerOf(message));
};

const send = (
  connection: Connection,
  call: Call,
  request: AppendRequest,
  answerMsMax: number,
): Promise<AppendAnswer> => {
  const id = randomUUID();
  const messages = appendMessages(id, request);
  return new Promise((resolve, reject) => {
    const settle: Pending['settle'] = (answer) => {
      clearTimeout(timer);
      call.pending.delete(id);
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    };
    const giveUp = (): void => {
      const error = new UnknownOutcomeError(`no answer in ${answerMsMax} ms`);
      settle(error);
      // What else is under way waits for the same silent server.
      connection.leave(call.caller, error);
      end(call, error);
    };
    const timer = setTimeout(giveUp, answerMsMax);
    call.pending.set(id, { settle, timer });
    for (const message of messages) call.stream.write(message);
  });
};
