import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createMemoryKeyIndex } from '#event-store/memory';
import { type Pool, textArray } from '#postgres';
import { factsOf, undoneBy } from '#stock';
import { createReadDatabase } from '../../testing/database.js';
import type { ReadDatabase } from '../../testing/database.js';
import { logArbitrary } from '../../testing/arbitrary-log.js';
import { channels, skus } from '../../testing/log-steps.js';
import { projectAll } from '../../testing/project.js';
import { storeOf } from '../../testing/store-of.js';
import { asStockEvent } from '../events/ledger-event.js';
import { createKeyIndex } from './key-index.js';
import { indexStatements } from './statements.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const ofStock =
  <Answer>(read: (event: ReturnType<typeof asStockEvent>) => Answer, otherwise: Answer) =>
  (event: Parameters<typeof asStockEvent>[0]): Answer =>
    event.stream.startsWith('stock-') ? read(asStockEvent(event)) : otherwise;

/** The index as a memory keeps it that never forgets: what the tables must answer too. */
const memoryIndex = () =>
  createMemoryKeyIndex({
    factsOf: ofStock(
      (event) =>
        factsOf(event).map(({ key, record, standsAbove }) => ({
          key,
          fact: record,
          open: standsAbove > 0,
        })),
      [],
    ),
    undoneBy: ofStock<string | undefined>(undoneBy, undefined),
  });

const refs = [0, 1, 2, 3];
const factKeys = [
  ...refs.flatMap((ref) =>
    ['receipt', 'adjustment', 'bucket_change', 'issue'].map(
      (kind) => `erp|${kind}|${kind === 'issue' ? 'i' : ''}${ref}`,
    ),
  ),
  ...refs.flatMap((ref) => channels.map((channel) => `${channel}|ordered|o${ref}|1`)),
];
const commandIds = refs.flatMap((ref) => [
  ...Array.from({ length: 9 }, (_none, index) => `reserve-${ref}-${index + 1}`),
  `note-${ref}`,
]);

/** Every part of the plan of a statement, as the sessions of this pool would run it. */
const planOf = async (pool: Pool, { text }: { readonly text: string }): Promise<string> => {
  const empty = textArray([]);
  const { rows } = await pool.query<object>({ text: `EXPLAIN ${text}`, values: [empty, empty, empty, empty] });
  return rows.map((row) => Object.values(row).join('')).join('\n');
};

it('is read by its indexes however small its tables were when the question was planned', async () => {
  expect(await planOf(database.pool, indexStatements['look-up'])).not.toContain('Seq Scan');
  // Control: without their indexes the plan says so.
  const blind = database.pool.options.options?.replace('enable_seqscan=off', 'enable_indexscan=off') ?? '';
  const pool = new pg.Pool({ ...database.pool.options, options: `${blind} -c enable_bitmapscan=off` });
  expect(await planOf(pool, indexStatements['look-up'])).toContain('Seq Scan');
  await pool.end();
});

it('answers as an index in memory that never forgets, in one question for all streams', async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(logArbitrary, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (log, sizes) => {
      await projectAll(database.pool, log, sizes);
      const memory = memoryIndex();
      memory.take(log);
      const streams = [...skus.map((sku) => `stock-${sku}`), 'order-web-1', 'policy-channel-web', 'stock-never'];
      const questions = streams.map((stream) => ({ stream, commandIds, factKeys }));
      const answers = await createKeyIndex({ pool: database.pool, store: storeOf(log) }).lookup(questions);
      const expected = await memory.lookup(questions);
      answers.forEach(({ elsewhere, ...answer }, index) => {
        const { elsewhere: expectedElsewhere, ...rest } = expected[index] ?? { elsewhere: new Map() };
        expect(answer).toEqual({
          ...rest,
          commands: new Map(
            [...(expected[index]?.commands ?? [])].map(([id, { hash, first, last }]) => [id, { hash, first, last }]),
          ),
        });
        // Where a fact stands on several other streams, either may be named.
        expect(new Set(elsewhere.keys())).toEqual(new Set(expectedElsewhere.keys()));
        known += answer.commands.size + answer.facts.size + elsewhere.size;
      });
      await database.reset();
    }),
    { numRuns: 25 },
  );
  // Control: the question was not answered by silence on both sides.
  expect(known).toBeGreaterThan(100);
});
