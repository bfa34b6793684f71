import type { Checkpoint, EventStore, Position } from '#event-sourcing';
import { LogChangedError, positionOf } from '#event-sourcing';
import { transaction } from '#postgres';
import type { Pool, Queryable } from '#postgres';
import type { ProjectionName, Target } from '../projection/projection.js';
import { run } from '../sql.js';
import { rebuild, type RebuildOptions } from './rebuild.js';
import { versionStatements as sql } from './statements.js';

/** One event in two logs that hold the same events in the same order. */
export type SamePlace = { readonly former: Position; readonly now: Position; readonly eventId: string };

export type MoveOptions = {
  readonly pool: Pool;
  /** The log that the read side is to follow from now on. */
  readonly store: Pick<EventStore, 'subscribe'>;
  /** For each of these positions of the former log the last event up to it; none where it stands before the first one. */
  readonly placesUpTo: (positions: readonly Position[]) => Promise<ReadonlyMap<Position, SamePlace>>;
  /** The event that stands at a position of the new log. */
  readonly eventIdAt: (position: Position) => Promise<string | undefined>;
  readonly onProgress?: (
    name: ProjectionName,
    ...progress: Parameters<NonNullable<RebuildOptions['onProgress']>>
  ) => void;
};

export type Moved = { readonly rebuilt: readonly ProjectionName[] };

type Live = Target & { readonly checkpoint: Checkpoint | undefined };

/** The relay of events goes by positions; the one of announcements by sequences, which do not move. */
const eventsRelay = 'events';

/**
 * Lets the read side follow a copy of its log whose positions are other ones. Checkpoints are translated by their event,
 * and then every projection is built anew, because positions stand in its rows too. SKUs are looked at again, and since
 * their figures are the same, nothing is announced anew. Nothing may be running beside. Again: it ends in the same.
 *
 * @throws LogChangedError where a checkpoint is of neither log
 */
export const moveToLog = async (options: MoveOptions): Promise<Moved> => {
  const { pool, store, onProgress } = options;
  const live = await liveOf(pool);
  if (!(await isThere(options, live))) await translate(options, live);
  for (const { name } of live) {
    await rebuild({ pool, store, name, onProgress: (at, of) => onProgress?.(name, at, of) });
  }
  return { rebuilt: live.map(({ name }) => name) };
};

type LiveRow = Target & { readonly position: number | null; readonly event_id: string | null };

const liveOf = async (session: Queryable): Promise<readonly Live[]> => {
  const rows = await run<LiveRow>(session, sql['list-live-checkpoints']);
  return rows.map(({ name, version, position, event_id: eventId }) => ({
    ...{ name, version },
    checkpoint: position === null || eventId === null ? undefined : { position: positionOf(position), eventId },
  }));
};

/** An earlier run has come as far as that. */
const isThere = async ({ eventIdAt }: MoveOptions, live: readonly Live[]): Promise<boolean> => {
  const known = live.flatMap(({ checkpoint }) => checkpoint ?? []);
  const ids = await Promise.all(known.map(({ position }) => eventIdAt(position)));
  return known.length > 0 && known.every(({ eventId }, index) => ids[index] === eventId);
};

const translate = async ({ pool, placesUpTo }: MoveOptions, live: readonly Live[]): Promise<void> => {
  const [relay] = await run<{ cursor: Position }>(pool, sql['list-relays'], [eventsRelay]);
  const positions = live.flatMap(({ checkpoint }) => checkpoint?.position ?? []);
  const places = await placesUpTo([...positions, ...(relay ? [relay.cursor] : [])]);
  await transaction(pool, async (session) => {
    for (const { name, version, checkpoint } of live) {
      if (checkpoint === undefined) continue;
      const { now, eventId } = placeOf(checkpoint, places);
      await run(session, sql['put-checkpoint'], [name, version, now, eventId]);
    }
    if (relay) await run(session, sql['put-relay'], [eventsRelay, places.get(relay.cursor)?.now ?? null]);
  });
};

const placeOf = ({ position, eventId }: Checkpoint, places: ReadonlyMap<Position, SamePlace>): SamePlace => {
  const place = places.get(position);
  if (place?.former === position && place.eventId === eventId) return place;
  throw new LogChangedError(position, eventId, place?.former === position ? place.eventId : undefined);
};
