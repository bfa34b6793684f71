import { NO_STREAM } from '#event-sourcing';
import { readsUnderWayMax } from './bounds.js';
import type { Connection } from './driver/connection.js';
import { readErrorOf } from './driver/failures.js';
import { readRecords } from './driver/read-call.js';
import { forwardsRequest } from './driver/read-requests.js';
import { recordedOf, type StoredRecord } from './encoding.js';
import { DamagedStreamError, type StreamDamage } from './errors.js';
import { mapBounded } from './map-bounded.js';
import { hasPrefix } from './prefixes.js';
import { readStream } from './read-streams.js';

/** What is wrong with a stream, the first thing found of it. */
export type StreamFinding = { readonly stream: string; readonly damage: StreamDamage; readonly message: string };

type Walk = { readonly ends: Map<string, number>; readonly damaged: Set<string> };

/**
 * Looks for damage that reads and subscriptions stop at: through the log from its beginning, record by record, and then at
 * the beginning of every stream that the log holds, for a deleted stream still has its events there. Takes memory for
 * each stream, and no longer than reading everything. Hashes are not its business.
 *
 * @throws StoreUnavailableError, StoreAccessDeniedError
 */
export async function* findDamage(
  connection: Connection,
  ours: readonly string[],
): AsyncGenerator<StreamFinding, void, void> {
  const walk: Walk = { ends: new Map(), damaged: new Set() };
  try {
    for await (const record of readRecords(connection, forwardsRequest(undefined, Number.MAX_SAFE_INTEGER))) {
      if (hasPrefix(record.stream, ours)) yield* found(walk, damageOf(walk, record));
    }
  } catch (error) {
    throw readErrorOf(error);
  }
  yield* beginnings(connection, walk);
}

const found = function* ({ damaged }: Walk, error: DamagedStreamError | undefined): Generator<StreamFinding> {
  if (error === undefined || damaged.has(error.stream)) return;
  damaged.add(error.stream);
  yield { stream: error.stream, damage: error.damage, message: error.message };
};

const damageOf = ({ ends }: Walk, record: StoredRecord): DamagedStreamError | undefined => {
  const { stream } = record;
  const expected = (ends.get(stream) ?? NO_STREAM) + 1;
  try {
    const { revision } = recordedOf(record);
    ends.set(stream, revision);
    if (revision === expected) return undefined;
    return new DamagedStreamError(stream, expected === 0 ? 'first_revision' : 'gap', `revision ${expected} is missing`);
  } catch (error) {
    if (error instanceof DamagedStreamError) return error;
    throw error;
  }
};

async function* beginnings(connection: Connection, walk: Walk): AsyncGenerator<StreamFinding, void, void> {
  const streams = [...walk.ends.keys()].filter((stream) => !walk.damaged.has(stream));
  for (let start = 0; start < streams.length; start += readsUnderWayMax) {
    const some = streams.slice(start, start + readsUnderWayMax);
    for (const error of await mapBounded(some, readsUnderWayMax, (stream) => damageAtBeginning(connection, stream))) {
      yield* found(walk, error);
    }
  }
}

/** What is wrong with how a stream of ours that holds events begins. */
export const damageAtBeginning = async (
  connection: Connection,
  stream: string,
): Promise<DamagedStreamError | undefined> => {
  try {
    const [first] = await readStream(connection, stream, 0, { eventsMax: 1 });
    return first === undefined ? new DamagedStreamError(stream, 'first_revision', 'it has been deleted') : undefined;
  } catch (error) {
    if (error instanceof DamagedStreamError) return error;
    throw error;
  }
};
