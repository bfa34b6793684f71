import { StoreUnavailableError } from '#event-sourcing';
import { answerMsMax } from '../bounds.js';
import type { StoredRecord } from '../encoding.js';
import type { Connection } from './connection.js';
import { failureOf, messageOf } from './failures.js';
import { createInbox, type Inbox } from './inbox.js';
import { storedRecordOf } from './messages.js';
import type { ReadReq, ReadResp, StreamsCaller } from './protocol.js';

/** @throws StoreUnavailableError: a channel that was closed at this very moment takes no call */
export const openRead = (connection: Connection, caller: StreamsCaller, request: ReadReq): Inbox => {
  try {
    return createInbox(caller.read(request, connection.headers()));
  } catch (error) {
    throw new StoreUnavailableError(messageOf(error), { cause: error });
  }
};

/** Another connection may mend what ended a call, unless the server itself said what is wrong with the request. */
export const leaveAfter = (connection: Connection, caller: StreamsCaller, error: unknown): void => {
  const { kind } = failureOf(error);
  if (kind === 'broken' || kind === 'not_leader') connection.leave(caller, error);
};

/**
 * The records of one read, as they come; stopping early ends the call.
 * @throws what the server answered, as gRPC tells it; StoreUnavailableError
 */
export async function* readRecords(connection: Connection, request: ReadReq): AsyncGenerator<StoredRecord, void, void> {
  const caller = await connection.caller();
  const inbox = openRead(connection, caller, request);
  try {
    for (;;) {
      const messages = await nextOf(inbox);
      if (messages === undefined) return;
      yield* recordsOf(messages);
    }
  } catch (error) {
    leaveAfter(connection, caller, error);
    throw error;
  } finally {
    inbox.close();
  }
}

const messagesMax = 500;

const nextOf = async (inbox: Inbox): Promise<readonly ReadResp[] | undefined> => {
  const messages = await inbox.take(messagesMax, answerMsMax);
  if (messages?.length === 0) throw new StoreUnavailableError(`no answer in ${answerMsMax} ms`);
  return messages;
};

/** Messages without an event tell that there is no such stream, or where it ends. */
const recordsOf = function* (messages: readonly ReadResp[]): Generator<StoredRecord, void, void> {
  for (const message of messages) {
    const event = message.getEvent()?.getEvent();
    if (event !== undefined) yield storedRecordOf(event);
  }
};
