import type { ClientReadableStream } from '@grpc/grpc-js';
import { batchBytesMax } from '../bounds.js';
import type { ReadResp } from './protocol.js';

/** What a call has brought and nobody has taken yet, in order; bounded, by letting the server wait. */
export type Inbox = {
  /**
   * What has come, at most so many messages. Waits for the first one, not beyond `waitMs` and the signal: then none.
   * Undefined: the call is over. @throws what the call ended with, once everything before it has been taken
   */
  readonly take: (
    messagesMax: number,
    waitMs: number,
    signal?: AbortSignal,
  ) => Promise<readonly ReadResp[] | undefined>;
  /** Ends the call. Always to be called. */
  readonly close: () => void;
};

/** More would only be older when it is taken. */
const messagesAheadMax = 5_000;

type End = { readonly error?: unknown };

export const createInbox = (call: ClientReadableStream<ReadResp>): Inbox => {
  const waiting: ReadResp[] = [];
  let bytes = 0;
  let end: End | undefined;
  let wake: (() => void) | undefined;
  const ended = (how: End): void => {
    end ??= how;
    wake?.();
  };
  // Listening for errors as long as it lives: one that nobody hears would end the process.
  call.on('error', (error: unknown) => ended({ error }));
  call.on('end', () => ended({}));
  call.on('data', (message: ReadResp) => {
    waiting.push(message);
    bytes += bytesOf(message);
    if (waiting.length >= messagesAheadMax || bytes >= batchBytesMax) call.pause();
    wake?.();
  });
  const taken = (messagesMax: number): readonly ReadResp[] => {
    const messages = waiting.splice(0, messagesMax);
    for (const message of messages) bytes -= bytesOf(message);
    if (call.isPaused()) call.resume();
    return messages;
  };
  return {
    take: async (messagesMax, waitMs, signal) => {
      if (waiting.length === 0 && end === undefined) {
        await wakened((callback) => (wake = callback), waitMs, signal);
        wake = undefined;
      }
      if (waiting.length > 0) return taken(messagesMax);
      if (end?.error !== undefined) throw end.error as Error;
      return end === undefined ? [] : undefined;
    },
    close: () => {
      end ??= {};
      call.cancel();
    },
  };
};

const bytesOf = (message: ReadResp): number => {
  const event = message.getEvent()?.getEvent();
  return event === undefined ? 0 : event.getData_asU8().length + event.getCustomMetadata_asU8().length;
};

/** Resolves when it is woken, after so long, or when the signal aborts. */
const wakened = (onWake: (wake: () => void) => void, waitMs: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, waitMs);
    signal?.addEventListener('abort', wake);
    onWake(wake);
    if (signal?.aborted === true) wake();
  });
