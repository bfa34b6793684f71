import { instantOf } from '#event-sourcing';
import { byteaArray, integerArray, prepared, textArray, type Pool, type Statement } from '#postgres';
import { pageOf, rowsOf } from '#read-model';
import type { SyncEntry } from '../../contracts/index.js';
import { inBatches } from '../in-batches.js';
import { cursorBehind, isNumberId, lastNumberId, placeBefore } from '../pages.js';
import { keptPayloadOf } from '../payload/kept-payload.js';
import { storable } from '../storable.js';
import { sql } from './statements.js';
import type { EntriesAsked, KeptSyncLog, LoggedEntry, WholeEntry } from './sync-log.js';

/** The sync log in PostgreSQL: up to 1,000 entries are one statement. */
export const createSyncLog = (pool: Pool): KeptSyncLog => ({
  write: (entries) =>
    inBatches(entries, async (some) => {
      await pool.query(prepared(sql['write-entries'], valuesOf(some)));
    }),
  list: async (asked, page) => {
    const size = rowsOf(page);
    const values = [...filterOf(asked), ...placeBefore(page, isNumberId, lastNumberId), size + 1];
    const { rows } = await pool.query<LoggedEntry>(prepared(statementOf(asked), values));
    return pageOf(rows, size, cursorBehind);
  },
  find: async (id) => {
    if (!isNumberId(id)) return undefined;
    const { rows } = await pool.query<LoggedEntry & { payload: string | null }>(prepared(sql['find-entry'], [id]));
    const [row] = rows;
    return row && ({ ...row, payload: row.payload === null ? null : JSON.parse(row.payload) } satisfies WholeEntry);
  },
});

/** The columns of a batch, in the order of the statement. */
const valuesOf = (entries: readonly SyncEntry[]): unknown[] => {
  const texts = (of: (entry: SyncEntry) => string): Buffer => textArray(entries.map((entry) => storable(of(entry))));
  const payloads = entries.map(({ payload }) => keptPayloadOf(payload));
  return [
    texts(({ channel }) => channel),
    texts(({ at }) => instantOf(at)),
    texts(({ direction }) => direction),
    texts(({ operation }) => operation),
    texts(({ resource }) => resource),
    texts(({ externalId }) => externalId),
    texts(({ sourceChange }) => sourceChange),
    texts(({ run }) => run ?? ''),
    texts(({ outcome }) => outcome),
    texts(({ code }) => code),
    integerArray(entries.map(({ millis }) => wholeMillis(millis))),
    byteaArray(payloads.map(({ sha256 }) => sha256)),
    textArray(payloads.map(({ text }) => text)),
  ];
};

const millisMax = 2_147_483_647;
const wholeMillis = (millis: number): number => Math.min(millisMax, Math.max(0, Math.round(millis)));

const always = { from: '0001-01-01T00:00:00.000Z', before: '9999-12-31T00:00:00.000Z' };

const filterOf = ({ channel, resource, externalId, outcome, from, before }: EntriesAsked): unknown[] => [
  ...[channel, resource ?? '', externalId ?? '', outcome ?? ''],
  ...[from ?? always.from, before ?? always.before],
];

/** The statement whose index is the narrowest: those that are not done are few. */
const statementOf = ({ externalId, outcome }: EntriesAsked): Statement => {
  if (externalId !== undefined && externalId !== '') return sql['list-entries-of-id'];
  return outcome === undefined || outcome === 'done' ? sql['list-entries'] : sql['list-entries-amiss'];
};
