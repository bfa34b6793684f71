import { positionOf, uuidV8FromHash, type RecordedEvent } from '#event-sourcing';
import type { Pool } from '#postgres';

type Row = { readonly position: number; readonly hash: string; readonly canonical: string };
type Text = Pick<RecordedEvent, 'stream' | 'revision' | 'type' | 'schemaVersion' | 'data' | 'metadata'>;

/** The whole log as its table has it, past the event store that wrote it. */
export const readLog = async (pool: Pool): Promise<readonly RecordedEvent[]> => {
  const { rows } = await pool.query<Row>(
    `SELECT position, encode(hash, 'hex') AS hash, canonical FROM ledger.events ORDER BY position`,
  );
  return rows.map(({ position, hash, canonical }) => ({
    ...(JSON.parse(canonical) as Text),
    ...{ hash, eventId: uuidV8FromHash(hash), position: positionOf(position) },
  }));
};

/** Events by stream, in their order. */
export const streamsOf = (log: readonly RecordedEvent[]): ReadonlyMap<string, readonly RecordedEvent[]> => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of log) {
    const events = streams.get(event.stream);
    if (events) events.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
};
