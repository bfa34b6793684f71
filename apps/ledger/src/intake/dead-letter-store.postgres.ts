import { fingerprintOf, type IncomingMessage } from '#messaging';
import type { Problem } from '#platform';
import { prepared, textArray, type Module, type Pool } from '#postgres';
import type { DeadLetterStore, KeptLetter, Settlement } from './dead-letter-store.js';
import { sql } from './statements.js';

/** Its tables. */
export const intakeModule: Module = {
  name: 'intake',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['intake'],
};

type LetterRow = {
  readonly id: number;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly code: string;
  readonly detail: string;
  readonly field: string | null;
  readonly parked_at: string;
};
type WholeRow = LetterRow & {
  readonly key: Buffer | null;
  readonly headers: Buffer;
  readonly value: Buffer | null;
  readonly settled_how: Settlement['how'] | null;
  readonly settled_by: string;
  readonly settled_reason: string;
  readonly settled_at: string;
};

/** Dead letters in PostgreSQL. */
export const postgresDeadLetters = (pool: Pool): DeadLetterStore => ({
  park: async ({ topic, partition, message, problem, parkedAt }) => {
    const place = [topic, partition, message.offset, fingerprintOf(message)];
    await pool.query(prepared(sql['park-letter'], [...place, ...contentOf(message), ...reasonOf(problem), parkedAt]));
  },
  discarded: async (topic, fingerprints) => {
    const values = [topic, textArray(fingerprints)];
    const { rows } = await pool.query<{ fingerprint: string }>(prepared(sql['list-discarded'], values));
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  },
  list: async ({ after = 0, limit, topic }) => {
    const { rows } = await pool.query<LetterRow>(prepared(sql['list-letters'], [after, topic ?? null, limit]));
    return rows.map(letterOf);
  },
  find: async (id) => {
    const { rows } = await pool.query<WholeRow>(prepared(sql['find-letter'], [id]));
    const [row] = rows;
    return row && { letter: { ...letterOf(row), ...settledOf(row) }, message: messageOf(row) };
  },
  failAgain: async (id, problem) => {
    await pool.query(prepared(sql['fail-letter-again'], [id, ...reasonOf(problem)]));
  },
  settle: async (id, { how, by, reason, at }) => {
    const { rowCount } = await pool.query(prepared(sql['settle-letter'], [id, how, by, reason, at]));
    return rowCount === 1;
  },
});

const contentOf = ({ key, headers, value }: IncomingMessage): readonly unknown[] => [
  key === undefined ? null : Buffer.from(key),
  Buffer.from(JSON.stringify([...headers])),
  value === undefined ? null : Buffer.from(value),
];

/** What is said of a message may quote it, and text of PostgreSQL holds neither U+0000 nor half a character. */
const storable = (text: string): string => Buffer.from(text.replaceAll('\0', '\u{fffd}')).toString();

const reasonOf = ({ code, detail, title, field }: Problem): readonly unknown[] => [
  code,
  storable(detail ?? title),
  field === undefined ? null : storable(field),
];

const letterOf = ({ id, topic, partition, offset, code, detail, field, parked_at }: LetterRow): KeptLetter => ({
  ...{ id, topic, partition, offset, code, detail },
  ...(field !== null && { field }),
  parkedAt: parked_at,
});

const settledOf = ({ settled_how, settled_by, settled_reason, settled_at }: WholeRow): Pick<KeptLetter, 'settled'> =>
  settled_how === null ? {} : { settled: { how: settled_how, by: settled_by, reason: settled_reason, at: settled_at } };

const messageOf = ({ offset, key, headers, value }: WholeRow): IncomingMessage => ({
  offset,
  key: key ?? undefined,
  headers: new Map(JSON.parse(headers.toString()) as [string, string][]),
  value: value ?? undefined,
});
