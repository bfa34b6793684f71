import { createBackoff, type Backoff, type Clock, type Random } from '#event-sourcing';
import type { OutgoingMessage } from './message.js';
import { MessageRefusedError, type MessageSender } from './ports.js';

/** Messages that go out together, and where their source stands behind them. No messages: only the cursor moves. */
export type RelayPiece<Cursor> = { readonly messages: readonly OutgoingMessage[]; readonly cursor: Cursor };

/** Where the relay goes on after a restart. */
export type CursorStore<Cursor> = {
  readonly load: () => Promise<Cursor | undefined>;
  readonly save: (cursor: Cursor) => Promise<void>;
};

export type RelayOptions<Cursor> = {
  readonly topic: string;
  readonly sender: MessageSender;
  /**
   * Everything after a cursor (undefined: from the beginning), in order; at its end it waits for more until the signal
   * aborts. Begun anew after a failure.
   */
  readonly piecesAfter: (cursor: Cursor | undefined, signal: AbortSignal) => AsyncIterable<RelayPiece<Cursor>>;
  readonly cursors: CursorStore<Cursor>;
  /**
   * Keeps a message that can never be sent, for a person. The relay goes on when it resolves; it may be asked again for the
   * same one, and its key's later messages are sent.
   */
  readonly park: (message: OutgoingMessage, refusal: MessageRefusedError) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Something failed and is tried again. */
  readonly onTrouble: (error: unknown) => void;
};

export type RelayStatus<Cursor> = {
  /** Everything up to here is sent or parked, and that is saved. */
  readonly cursor: Cursor | undefined;
  readonly sent: number;
  readonly parked: number;
  /** The last failure; undefined once a piece has gone out after it. */
  readonly error?: unknown;
};

export type Relay<Cursor> = {
  readonly status: () => RelayStatus<Cursor>;
  /** Resolves when the signal has aborted and the send under way has ended; never rejects. */
  readonly stopped: Promise<void>;
};

const backoffBounds = { backoffMillisMin: 50, backoffMillisMax: 10_000 };

/**
 * Sends what a source holds, piece by piece, each at least once and those of a key in order. The cursor is saved when all of
 * a piece is acknowledged or parked, never before. What fails is sent again, the same piece and nothing after it, until it
 * is stored: a message may come twice, and none is passed over.
 */
export const startRelay = <Cursor>(options: RelayOptions<Cursor>): Relay<Cursor> => {
  const run: Run<Cursor> = {
    ...options,
    backoff: createBackoff(options.clock, options.random, backoffBounds),
    counts: { cursor: undefined, sent: 0, parked: 0, error: undefined },
  };
  return { status: () => ({ ...run.counts }), stopped: runAttempts(run) };
};

type Run<Cursor> = RelayOptions<Cursor> & {
  readonly backoff: Backoff;
  readonly counts: { cursor: Cursor | undefined; sent: number; parked: number; error: unknown };
};

const runAttempts = async <Cursor>(run: Run<Cursor>): Promise<void> => {
  while (!run.signal.aborted) {
    try {
      await attempt(run);
      // A source that has ended is asked again like one that has failed.
      await run.backoff.wait(run.signal);
    } catch (error) {
      await pause(run, error);
    }
  }
};

const pause = <Cursor>({ counts, onTrouble, backoff, signal }: Run<Cursor>, error: unknown): Promise<void> => {
  counts.error = error;
  onTrouble(error);
  return backoff.wait(signal);
};

/** From the saved cursor on, until the source ends or it or the cursor fails. */
const attempt = async <Cursor>(run: Run<Cursor>): Promise<void> => {
  const { counts, cursors, signal } = run;
  counts.cursor = await cursors.load();
  for await (const { messages, cursor } of run.piecesAfter(counts.cursor, signal)) {
    if ((await deliver(run, messages)) === 'stopped') return;
    await cursors.save(cursor);
    Object.assign(counts, { cursor, error: undefined });
    run.backoff.succeeded();
  }
};

type Delivery = 'done' | 'stopped';

/** Sends until all of it is acknowledged or parked. What else fails is tried again, with all of the piece. */
const deliver = async <Cursor>(run: Run<Cursor>, messages: readonly OutgoingMessage[]): Promise<Delivery> => {
  if (messages.length === 0) return 'done';
  while (!run.signal.aborted) {
    try {
      await run.sender.send(run.topic, messages);
      run.counts.sent += messages.length;
      return 'done';
    } catch (error) {
      if (isOneTooLarge(error)) return deliverOthers(run, messages, error);
      await pause(run, error);
    }
  }
  return 'stopped';
};

/** A topic that is missing is waited for: nothing is wrong with its messages. */
const isOneTooLarge = (error: unknown): error is MessageRefusedError =>
  error instanceof MessageRefusedError && error.reason === 'too_large';

/** Parks the one that was refused and sends the others. Where nobody says which one it was, halves tell. */
const deliverOthers = async <Cursor>(
  run: Run<Cursor>,
  messages: readonly OutgoingMessage[],
  refusal: MessageRefusedError,
): Promise<Delivery> => {
  const index = refusal.index ?? (messages.length === 1 ? 0 : undefined);
  const refused = index === undefined ? undefined : messages[index];
  if (refused === undefined) {
    const middle = Math.ceil(messages.length / 2);
    const first = await deliver(run, messages.slice(0, middle));
    return first === 'stopped' ? first : deliver(run, messages.slice(middle));
  }
  if ((await parkUntilKept(run, refused, refusal)) === 'stopped') return 'stopped';
  return deliver(
    run,
    messages.filter((message) => message !== refused),
  );
};

const parkUntilKept = async <Cursor>(
  run: Run<Cursor>,
  message: OutgoingMessage,
  refusal: MessageRefusedError,
): Promise<Delivery> => {
  while (!run.signal.aborted) {
    try {
      await run.park(message, refusal);
      run.counts.parked += 1;
      return 'done';
    } catch (error) {
      await pause(run, error);
    }
  }
  return 'stopped';
};
