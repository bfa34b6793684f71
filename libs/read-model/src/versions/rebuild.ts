import { endWith } from '#deadline';
import { textArray, transaction } from '#postgres';
import type { Client, Pool } from '#postgres';
import { positionOf } from '#event-sourcing';
import type { EventStore, Position, RecordedEvent } from '#event-sourcing';
import { run, untilNoDeadlock } from '../sql.js';
import { batchEventsMax, checkpointAfter } from '../projection/projection.js';
import type { ProjectionName, Target } from '../projection/projection.js';
import { compareVersions } from './compare.js';
import type { Differences } from './compare.js';
import { projectionOf } from './projection-of.js';
import { versionStatements as sql } from './statements.js';
import { createNextVersion, dropTables, liveVersionOf, retireVersion, switchTo } from './versions.js';

export type RebuildOptions = {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly name: ProjectionName;
  readonly signal?: AbortSignal;
  /** How far the new version has come, of how far the live one is. */
  readonly onProgress?: (at: Position, of: Position | undefined) => void;
};

export type Rebuilt = { readonly version: number; readonly position?: Position; readonly differences: Differences };

/**
 * Builds the next version from the first event in tables of its own, beside the live one; compares both row by row where
 * they stand at the same position; lets the new one answer from then on. SKUs whose rows of the fold differ are due to
 * be announced anew. What was live is dropped.
 *
 * Whatever fails before the switch leaves the live version as it is; the unfinished one is dropped.
 */
export const rebuild = async (options: RebuildOptions): Promise<Rebuilt> => {
  const { pool, name } = options;
  const built = await createNextVersion(pool, name);
  try {
    // The long way, and then what came meanwhile; the rest is taken in while the live version stands still.
    await catchUp(options, built, await livePosition(pool, name));
    await catchUp(options, built, await livePosition(pool, name));
    const { former, ...rebuilt } = await untilNoDeadlock(
      () => transaction(pool, (session) => switchOver(session, options, built)),
      switchesMax,
    );
    await untilNoDeadlock(() => dropTables(pool, former), switchesMax);
    return rebuilt;
  } catch (error) {
    await abandon(pool, built);
    throw error;
  }
};

/** Who reads holds several tables at once, in any order, and may meet the switch halfway: one of the two gives way. */
const switchesMax = 20;

/** Takes in the log up to a position that it has, not one event further. */
const catchUp = async (options: RebuildOptions, built: Target, to: Position | undefined): Promise<void> => {
  const projection = projectionOf(options.pool, built);
  let checkpoint = await projection.checkpoint();
  const isLevel = (): boolean => to === undefined || (checkpoint !== undefined && checkpoint.position >= to);
  if (isLevel()) return;
  for await (const events of eventsUpTo(options, checkpoint?.position, to)) {
    const next = checkpointAfter(events);
    const applied = await projection.apply(events, checkpoint, next);
    if (applied === 'checkpoint_moved') throw new Error(`Somebody else writes into ${built.name} ${built.version}`);
    checkpoint = next;
    options.onProgress?.(checkpoint.position, to);
    if (isLevel()) break;
  }
  options.signal?.throwIfAborted();
};

async function* eventsUpTo(
  { store, signal }: RebuildOptions,
  after: Position | undefined,
  to: Position | undefined,
): AsyncGenerator<readonly RecordedEvent[]> {
  const enough = new AbortController();
  const release = signal === undefined ? undefined : endWith(enough, signal);
  let last = after ?? '';
  try {
    for await (const batch of store.subscribe(after, { batchEventsMax, signal: enough.signal })) {
      const events = batch.events.filter(({ position }) => position > last && position <= (to ?? ''));
      last = batch.after > last ? batch.after : last;
      if (events.length > 0) yield events;
    }
  } finally {
    enough.abort();
    release?.();
  }
}

const livePosition = async (pool: Pool, name: ProjectionName): Promise<Position | undefined> => {
  const version = await liveVersionOf(pool, name);
  if (version === undefined) throw new Error(`${name} has not been prepared`);
  return (await projectionOf(pool, { name, version }).checkpoint())?.position;
};

/** From here to the commit the live version stands still: its checkpoint is locked. */
const switchOver = async (
  session: Client,
  options: RebuildOptions,
  built: Target,
): Promise<Rebuilt & { readonly former: Target }> => {
  await session.query('SET LOCAL statement_timeout = 0');
  await session.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  await run(session, sql['lock-versions']);
  const former = { name: built.name, version: (await liveVersionOf(session, built.name)) ?? 0 };
  const at = await lockCheckpoint(session, former);
  await catchUp(options, built, at);
  if ((await lockCheckpoint(session, built)) !== at) throw new Error(`${built.name} ${built.version} is not level`);
  const differences = await compareVersions(session, former, built);
  await switchTo(session, built);
  await retireVersion(session, former);
  await announceDiffering(session, built, differences);
  return { version: built.version, differences, former, ...(at !== undefined && { position: at }) };
};

const lockCheckpoint = async (session: Client, { name, version }: Target): Promise<Position | undefined> => {
  const [row] = await run<{ position: number | null }>(session, sql['lock-checkpoint'], [name, version]);
  if (row === undefined) throw new Error(`No checkpoint row of ${name} version ${version}`);
  return row.position === null ? undefined : positionOf(row.position);
};

const policyTables = new Set(['channel', 'location', 'listing']);

const announceDiffering = async (session: Client, { name }: Target, differences: Differences): Promise<void> => {
  if (name !== 'fold' || differences.size === 0) return;
  const skus = new Set([...differences].flatMap(([table, keys]) => (policyTables.has(table) ? [] : keys)));
  await run(session, sql['put-differing-due'], [textArray([...skus])]);
  if ([...policyTables].some((table) => differences.has(table))) await run(session, sql['begin-sweep']);
};

const abandon = async (pool: Pool, built: Target): Promise<void> => {
  if ((await liveVersionOf(pool, built.name)) === built.version) return;
  await transaction(pool, async (session) => {
    await retireVersion(session, built);
    await dropTables(session, built);
  });
};
