import type { RecordedEvent } from '#event-sourcing';
import type { Pool } from '#postgres';
import { foldProjection } from '../src/fold/fold-projection.js';
import { historyProjection } from '../src/history/history-projection.js';
import { indexProjection } from '../src/keys/index-projection.js';
import { checkpointAfter } from '../src/projection/projection.js';
import type { Projection } from '../src/projection/projection.js';

export const liveProjections = (pool: Pool): readonly Projection[] => [
  foldProjection(pool, 1),
  historyProjection(pool, 1),
  indexProjection(pool, 1),
];

/** Takes in what a projection has not seen of a log, in batches of the given sizes, around and around. */
export const project = async (
  projection: Projection,
  log: readonly RecordedEvent[],
  sizes: readonly number[] = [5_000],
): Promise<void> => {
  let checkpoint = await projection.checkpoint();
  let start = checkpoint === undefined ? 0 : Number(checkpoint.position);
  for (let turn = 0; start < log.length; turn++) {
    const batch = log.slice(start, start + (sizes[turn % sizes.length] ?? 1));
    const next = checkpointAfter(batch);
    if ((await projection.apply(batch, checkpoint, next)) !== 'applied') throw new Error('Another runner is at work');
    checkpoint = next;
    start += batch.length;
  }
};

export const projectAll = async (
  pool: Pool,
  log: readonly RecordedEvent[],
  sizes?: readonly number[],
): Promise<void> => {
  for (const projection of liveProjections(pool)) await project(projection, log, sizes);
};
