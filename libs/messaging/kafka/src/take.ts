import { markOf, type IncomingMessage, type Offset } from '#messaging';
import { check } from './check.js';
import type { Fetched } from './incoming.js';
import { isAlarmed, seek, type Reader, type Run } from './intake-state.js';
import { isInPlace, isVerified } from './place.js';

const batchMessagesDefault = 500;

export const takeSafely = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const { state } = run;
  state.isBusy = true;
  state.high = Math.max(state.high, fetched.high);
  try {
    await take(run, fetched, reader);
    state.isFailing = false;
  } catch (error) {
    // Whatever it is, the client must not see it: the built-in kinds of errors end it for good.
    run.options.onTrouble(error);
    state.isFailing = true;
    state.isResting = true;
    reader.pause();
    run.rest(() => (state.isResting = false));
  } finally {
    state.isBusy = false;
  }
};

const take = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const { state } = run;
  if (!isAlarmed(state) && !state.isChecked) await check(run, await run.boundsNow());
  if (!isAlarmed(state) && !(await isVerified(run, fetched, reader))) return;
  if (isAlarmed(state)) return reader.pause();
  if (!(await isInPlace(run, fetched, reader))) return;
  state.isResting = false;
  await handleNew(run, fetched, reader);
};

const handleNew = async (run: Run, fetched: Fetched, reader: Reader): Promise<void> => {
  const next = run.state.position?.next ?? 0;
  const fresh = fetched.messages.filter(({ offset }) => offset >= next);
  const size = run.options.batchMessagesMax ?? batchMessagesDefault;
  const lastKnown = fetched.messages.at(-1)?.offset;
  if (fresh.length === 0 && lastKnown !== undefined) reader.resolve(lastKnown);
  for (let first = 0; first < fresh.length; first += size) {
    if (reader.isLeaving() || run.signal.aborted) return;
    const messages = fresh.slice(first, first + size);
    const isLast = first + size >= fresh.length;
    if (!(await handle(run, messages, isLast ? fetched.last : undefined, reader))) return;
  }
};

/** False when another member is further: what it has done is not done again. */
const handle = async (
  run: Run,
  messages: readonly IncomingMessage[],
  lastFetched: Offset | undefined,
  reader: Reader,
): Promise<boolean> => {
  const { state, options, topic, partition } = run;
  await options.handle({ topic, partition, messages }, run.signal);
  const last = messages.at(-1) as IncomingMessage;
  const done = { next: (lastFetched ?? last.offset) + 1, last: markOf(last) };
  const position = await options.positions.advance(options.group, topic, partition, done);
  state.position = position;
  state.anchor ??= done.last;
  state.reached = Math.max(state.reached, position.next);
  state.movedAt = performance.now();
  state.sought = undefined;
  run.recovered();
  if (position.next > done.next) return seek(state, reader, position.next);
  reader.resolve(last.offset);
  return true;
};
