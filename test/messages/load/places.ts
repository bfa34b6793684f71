import { intakeTopics } from '#apps/ledger';
import type { PartitionBounds } from '#messaging';
import type { Pool } from '#postgres';

/** Offsets by `topic/partition`. */
export type Places = ReadonlyMap<string, number>;
export type Bounds = (topic: string) => Promise<ReadonlyMap<number, PartitionBounds>>;

/** Where each partition of the intake ends. */
export const intakeEnds = async (boundsOf: Bounds): Promise<Places> => {
  const topics = Object.values(intakeTopics);
  const bounds = await Promise.all(topics.map(async (topic) => [topic, await boundsOf(topic)] as const));
  return new Map(
    bounds.flatMap(([topic, ends]) =>
      [...ends].map(([partition, { high }]) => [`${topic}/${partition}`, high] as const),
    ),
  );
};

/** Where the intake stands in each of its partitions. */
export const intakePlaces = async (pool: Pool): Promise<Places> => {
  const { rows } = await pool.query<{ place: string; next: number }>(
    `SELECT topic || '/' || partition AS place, next FROM messaging.positions WHERE group_name = 'stock-ledger'`,
  );
  return new Map(rows.map(({ place, next }) => [place, next]));
};

/** How far each relay has told, and how far it will have to. */
export type Telling = {
  readonly events: number;
  readonly eventsEnd: number;
  readonly availability: number;
  readonly availabilityEnd: number;
};

const telling = `
  SELECT
    (SELECT cursor::bigint FROM read.relay WHERE name = 'events') AS events,
    (SELECT max(position) FROM ledger.events JOIN ledger.kinds USING (kind) WHERE name = 'stock') AS "eventsEnd",
    (SELECT cursor::bigint FROM read.relay WHERE name = 'availability') AS availability,
    (SELECT max(sequence) FROM read.announced) AS "availabilityEnd"`;

export const relayPlaces = async (pool: Pool): Promise<Telling> => {
  const { rows } = await pool.query<Telling>(telling);
  if (!rows[0]) throw new Error('a row was asked for');
  return rows[0];
};

export const hasToldAll = ({ events, eventsEnd, availability, availabilityEnd }: Telling): boolean =>
  events >= eventsEnd && availability >= availabilityEnd;
