import { randomUUID } from 'node:crypto';
import { lengthOf, type LogRecord, type ProposedEvent, type UnplacedRecord } from './record.js';
import { metastreamOf } from './streams.js';

/** Gives records their places, one after the other, from the end of the log on. */
export const place = (unplaced: readonly UnplacedRecord[], end: bigint, createdTicks: bigint): LogRecord[] => {
  let position = end;
  return unplaced.map((record) => {
    const placed = { ...record, position, createdTicks };
    position += lengthOf(record);
    return placed;
  });
};

/** Says in a stream's metadata before which revision nothing can be read. */
export const truncation = (stream: string, truncateBefore: bigint, revision: bigint): UnplacedRecord => ({
  ...systemEvent('$metadata', `{"$tb":${truncateBefore}}`),
  stream: metastreamOf(stream),
  revision,
});

export const systemEvent = (type: string, json: string): ProposedEvent => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(json),
  metadata: new Uint8Array(),
});
