import { positionOf } from '#event-sourcing';
import type { Checkpoint } from '#event-sourcing';
import { loadStatements, pipelined, transaction } from '#postgres';
import type { Client, Pool, Queryable } from '#postgres';
import { run } from '../sql.js';
import type { Applied, Target } from './projection.js';

const sql = loadStatements(new URL('./sql/', import.meta.url), ['move-checkpoint', 'read-checkpoint']);

type CheckpointRow = { readonly position: number | null; readonly event_id: string | null };

/** @throws Error when there is no such version. */
export const readCheckpoint = async (session: Queryable, target: Target): Promise<Checkpoint | undefined> => {
  const [row] = await run<CheckpointRow>(session, sql['read-checkpoint'], [target.name, target.version]);
  if (row === undefined) throw new Error(`No checkpoint row of ${target.name} version ${target.version}`);
  if (row.position === null || row.event_id === null) return undefined;
  return { position: positionOf(row.position), eventId: row.event_id };
};

/**
 * Moves the checkpoint from `from` to `to` and writes the rows with it, sent together. The compare-and-set is what makes
 * every event count once, whoever runs beside: a lease would only save effort. Where the checkpoint stood elsewhere,
 * whatever `write` did or ran into is rolled back. A lost tail is projected again from the log, so the commit need not
 * wait for the disk.
 */
export const applyFrom = async (
  pool: Pool,
  target: Target,
  from: Checkpoint | undefined,
  to: Checkpoint,
  write: (session: Client) => Promise<void>,
): Promise<Applied> => {
  const fromRow = [from?.position ?? null, from?.eventId ?? null];
  const parameters = [target.name, target.version, to.position, to.eventId, ...fromRow];
  const work = async (session: Client): Promise<Applied> => {
    const [moved, failure] = await pipelined(session, () => [
      run(session, sql['move-checkpoint'], parameters),
      write(session).catch((error: unknown) => ({ error })),
    ]);
    if (moved.length === 0) throw new CheckpointMovedError();
    if (failure) throw failure.error;
    return 'applied';
  };
  return transaction(pool, work, { durable: false }).catch((error: unknown) => {
    if (error instanceof CheckpointMovedError) return 'checkpoint_moved';
    throw error;
  });
};

/** Thrown so that nothing of the batch stays. */
class CheckpointMovedError extends Error {}
