import { StoreUnavailableError } from '#event-sourcing';
import { answerMsMax } from './bounds.js';
import type { Connection } from './driver/connection.js';
import { readErrorOf } from './driver/failures.js';
import { storedRecordOf } from './driver/messages.js';
import { leaveAfter, openRead } from './driver/read-call.js';
import { typesRequest } from './driver/read-requests.js';
import { damageAtBeginning, type StreamFinding } from './find-damage.js';
import { hasPrefix } from './prefixes.js';

/**
 * What the server writes when a stream is deleted for good, and when its beginning is taken out of sight: deleted, truncated,
 * or given an age or a number of events. Both stay in the log.
 */
const tellingTypes = ['$streamDeleted', '$metadata'];
/** The name of a stream that tells how to treat another one. */
const metastreamPrefix = '$$';

const messagesMax = 500;
/** Nothing is due while nothing comes: whatever ends the call wakes us. */
const quietMs = 60_000;

/**
 * Every stream of ours that was tampered with by deleting, from the beginning of the log on and then as it happens. The server
 * looks through the log for such records and gives no others. Ends when the signal aborts.
 *
 * @throws StoreUnavailableError, StoreAccessDeniedError: begin anew
 */
export async function* watchDamage(
  connection: Connection,
  ours: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<StreamFinding, void, void> {
  const told = new Set<string>();
  for await (const streams of streamsTold(connection, signal)) {
    for (const stream of new Set(streams)) {
      if (!hasPrefix(stream, ours) || told.has(stream)) continue;
      const error = await damageAtBeginning(connection, stream);
      if (error === undefined) continue;
      told.add(stream);
      yield { stream, damage: error.damage, message: error.message };
    }
  }
}

/** The streams that such records are about, as they come. */
async function* streamsTold(
  connection: Connection,
  signal: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  const caller = await connection.caller();
  const inbox = openRead(connection, caller, typesRequest(tellingTypes));
  let hasBegun = false;
  try {
    while (!signal.aborted) {
      const messages = await inbox.take(messagesMax, hasBegun ? quietMs : answerMsMax, signal);
      if (messages === undefined) throw new StoreUnavailableError('the server ended the subscription');
      hasBegun ||= messages.length > 0;
      if (!hasBegun) throw new StoreUnavailableError(`no answer in ${answerMsMax} ms`);
      yield messages.flatMap((message) => {
        const event = message.getEvent()?.getEvent();
        return event === undefined ? [] : [streamAbout(storedRecordOf(event).stream)];
      });
    }
  } catch (error) {
    leaveAfter(connection, caller, error);
    throw readErrorOf(error);
  } finally {
    inbox.close();
  }
}

const streamAbout = (stream: string): string =>
  stream.startsWith(metastreamPrefix) ? stream.slice(metastreamPrefix.length) : stream;
