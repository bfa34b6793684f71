import type { RecordedEvent, StreamRead } from '#event-sourcing';
import { integerArray, type Pool, prepared, textArray } from '#postgres';
import { type EventRow, eventOfRow } from './recorded-event.js';
import { sql } from './statements.js';

/** All streams in one round trip; a list for each read, in their order. */
export const readStreams = async (
  pool: Pool,
  reads: readonly StreamRead[],
  eventsMax: number,
): Promise<readonly (readonly RecordedEvent[])[]> => {
  const lists = reads.map((): RecordedEvent[] => []);
  if (reads.length === 0) return lists;
  const parameters = [
    textArray(reads.map(({ stream }) => stream)),
    integerArray(reads.map(({ from }) => from)),
    eventsMax,
  ];
  const { rows } = await pool.query<EventRow & { read: number }>(prepared(sql['read-streams'], parameters));
  for (const row of rows) lists[row.read - 1]?.push(eventOfRow(row));
  lists.forEach((events, index) => assertFollows(events, reads[index] as StreamRead));
  return lists;
};

/** What an event says of its place is part of what was hashed; the columns by which it was found are not. */
const assertFollows = (events: readonly RecordedEvent[], { stream, from }: StreamRead): void => {
  events.forEach((event, index) => {
    if (event.stream === stream && event.revision === from + index) return;
    throw new Error(
      `The log was changed: revision ${from + index} of "${stream}" holds revision ${event.revision} of "${event.stream}"`,
    );
  });
};
