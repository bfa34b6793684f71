import type { Clock } from '#event-sourcing';
import { prepared, transaction, type Pool } from '#postgres';
import { cursorOf, InvalidCursorError, keyOfCursor, pageOf, rowsOf, type PageRequest } from '#read-model';
import type { Alert } from '../../contracts/index.js';
import { recordLimits } from '../limits.js';
import { isNumberId, lastNumberId } from '../pages.js';
import { oneAtATime } from '../one-at-a-time.js';
import { storable } from '../storable.js';
import type { AlertSink, KeptAlert, KeptAlerts, OpenAlerts } from './alerts.js';
import { sql } from './statements.js';

type Parts = {
  readonly pool: Pool;
  readonly clock: Pick<Clock, 'now'>;
  readonly sink: AlertSink;
  /** The sink has rejected something: it is told again later. */
  readonly onTrouble: (error: unknown) => void;
};

/** What one call tells at most. */
const toldMax = 100;

/** What one page of subjects holds. */
const subjectsMax = 1_000;

/** Alerts in PostgreSQL, one open row for each cause, whichever process raises it. Who raises one does not wait for the sink. */
export const createAlerts = (parts: Parts): KeptAlerts => {
  const { pool, clock, onTrouble } = parts;
  const tellUntold = oneAtATime(() => tellAll(parts).catch(onTrouble));
  return {
    raise: async (alert) => {
      const { rows } = await pool.query<{ times: number }>(
        prepared(sql['raise-alert'], [...valuesOf(alert), clock.now()]),
      );
      if (rows[0]?.times === 1) void tellUntold();
    },
    settle: async (channel, code, subject = '') => {
      const values = [...[channel, code, subject].map((text) => storable(text)), clock.now()];
      const { rowCount } = await pool.query(prepared(sql['settle-alert'], values));
      if (rowCount === 1) void tellUntold();
    },
    subjects: async (channel, code, after) => {
      const values = [...[channel, code, after].map((text) => storable(text)), subjectsMax];
      const { rows } = await pool.query<{ subject: string }>(prepared(sql['list-subjects'], values));
      return rows.map(({ subject }) => subject);
    },
    open: async () => (await pool.query<OpenAlerts>(prepared(sql['count-open']))).rows,
    list: async ({ channel = '', state }, page) => {
      const size = rowsOf(page);
      const values = [channel, idBefore(page), size + 1];
      const { rows } = await pool.query<KeptAlert>(prepared(sql[`list-${state}`], values));
      return pageOf(rows, size, ({ id }) => cursorOf(id));
    },
    tellUntold,
  };
};

const valuesOf = ({ channel, code, subject, level, detail, verb }: Alert): readonly string[] => [
  ...[channel, code, subject, level].map((text) => storable(text)),
  ...[detail, verb].map((text) => storable(text, recordLimits.detailCharactersMax)),
];

const idBefore = ({ after }: PageRequest): string => {
  if (after === undefined) return lastNumberId;
  const [id = ''] = keyOfCursor(after, 1);
  if (!isNumberId(id)) throw new InvalidCursorError('Not a cursor of ours');
  return id;
};

type Untold = Omit<KeptAlert, 'id'> & { readonly id: number; readonly told: 'nothing' | 'opened' };

/** One process at a time, oldest first. Who finds another one at it leaves the rest to the next call. */
const tellAll = ({ pool, sink, onTrouble }: Parts): Promise<void> =>
  transaction(pool, async (client) => {
    const { rows: locks } = await client.query<{ is: boolean }>(prepared(sql['lock-telling']));
    if (locks[0]?.is !== true) return;
    const { rows } = await client.query<Untold>(prepared(sql['list-untold'], [toldMax]));
    for (const row of rows) await tellOne(pool, sink, row).catch(onTrouble);
  });

/** An alert that has ended before anybody heard of it is told twice: its beginning, its end. */
const tellOne = async (pool: Pool, sink: AlertSink, { told, id, ...alert }: Untold): Promise<void> => {
  const news = [
    ...(told === 'nothing' ? (['opened'] as const) : []),
    ...(alert.endedAt === null ? [] : (['ended'] as const)),
  ];
  for (const one of news) {
    await sink.tell(one, { ...alert, id: String(id) });
    // By itself: what has been told is not told again because a later one fails.
    await pool.query(prepared(sql['set-told'], [id, one]));
  }
};
