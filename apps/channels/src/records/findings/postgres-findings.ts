import { instantOf } from '#event-sourcing';
import { integerArray, prepared, textArray, type Pool } from '#postgres';
import { pageOf, rowsOf } from '#read-model';
import type { Finding } from '../../contracts/index.js';
import { inBatches } from '../in-batches.js';
import { cursorBehind, isUuid, lastUuid, placeBefore } from '../pages.js';
import { storable } from '../storable.js';
import type { KeptFinding, KeptFindings } from './findings.js';
import { sql } from './statements.js';

/** Snoozed ones that one look wakes. */
const wokenMax = 100;

/** Findings in PostgreSQL: up to 1,000 are one statement. */
export const createFindings = (pool: Pool): KeptFindings => ({
  note: (findings) =>
    inBatches(findings, async (some) => {
      await pool.query(prepared(sql['note-findings'], valuesOf(some)));
    }),
  list: async ({ state, channel = '', sku = '' }, page) => {
    const size = rowsOf(page);
    const values = [state, channel, sku, ...placeBefore(page, isUuid, lastUuid), size + 1];
    const { rows } = await pool.query<KeptFinding>(prepared(sql['list-of-state'], values));
    return pageOf(rows, size, cursorBehind);
  },
  find: async (id) => {
    if (!isUuid(id)) return undefined;
    return (await pool.query<KeptFinding>(prepared(sql['find-finding'], [id]))).rows[0];
  },
  woken: async (by) => (await pool.query<KeptFinding>(prepared(sql['list-woken'], [by, wokenMax]))).rows,
  wake: async (id, by) => {
    await pool.query(prepared(sql['wake-finding'], [id, by]));
  },
});

/** The columns of a batch, in the order of the statement; an empty text is none. */
const valuesOf = (findings: readonly Finding[]): unknown[] => {
  const texts = (of: (finding: Finding) => string): Buffer => textArray(findings.map((one) => storable(of(one))));
  const integers = (of: (finding: Finding) => number): string => integerArray(findings.map(of));
  return [
    texts(({ channel }) => channel),
    texts(({ row }) => row),
    texts(({ sku }) => sku),
    texts(({ kind }) => kind),
    integers(({ units }) => units),
    texts(({ cause }) => cause),
    integers(({ read }) => read),
    // Up to 16 numbers are longer than other texts may be.
    textArray(findings.map(({ expected }) => (expected === 'unknown' ? '' : integerArray(expected)))),
    texts(({ hold }) => hold ?? ''),
    texts(({ written }) => String(written ?? '')),
    integers(({ target }) => target),
    texts(({ since }) => (since === undefined ? '' : instantOf(since))),
    texts(({ at }) => instantOf(at)),
  ];
};
