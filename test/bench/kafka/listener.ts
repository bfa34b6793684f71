import { relayTopics } from '#apps/availability';
import { positionOf } from '#event-sourcing';
import { createKafkaConsumer } from '#messaging/kafka';
import { createMemoryPositions } from '#messaging/memory';
import type { Pool } from '#postgres';
import { createWatch, type Watch } from '../support/watch.js';
import type { Scope } from '../support/scope.js';

export type Announced = { readonly sku: string; readonly position: string; readonly atMs: number };

/** Reads what is told of availability, and when it was heard (milliseconds of the machine's clock). */
export const listen = async (brokers: readonly string[], scope: Scope): Promise<readonly Announced[]> => {
  const heard: Announced[] = [];
  const consumer = createKafkaConsumer({ brokers, ownCompactedTopics: [relayTopics.availability] });
  const consuming = await consumer.consume({
    ...{ group: 'bench', topics: [relayTopics.availability], positions: createMemoryPositions() },
    handle: ({ messages }) => {
      const atMs = Date.now();
      for (const { value } of messages)
        heard.push({ ...(JSON.parse(Buffer.from(value ?? []).toString()) as Announced), atMs });
      return Promise.resolve();
    },
    onAlarm: () => undefined,
    onTrouble: () => undefined,
  });
  scope.add('the listener', consuming.stop);
  return heard;
};

export type Recorded = { readonly sku: string; readonly position: number; readonly at: string };

/** Every event of a SKU after a position of the log, and when it was recorded. */
export const recordedAfter = async (pool: Pool, after: number): Promise<readonly Recorded[]> => {
  const { rows } = await pool.query<Recorded>(
    `SELECT canonical::jsonb->>'stream' AS sku, position, canonical::jsonb->'metadata'->>'recordedAt' AS at
     FROM ledger.events JOIN ledger.kinds USING (kind) WHERE name = 'stock' AND position > $1::bigint ORDER BY position`,
    [after],
  );
  return rows.map((row) => ({ ...row, sku: row.sku.replace('stock-', '') }));
};

/** From the moment that each event was recorded at to the message of availability that rests on it. */
export const toldAfter = (recorded: readonly Recorded[], heard: readonly Announced[]): Watch => {
  const watch = createWatch();
  for (const { sku, position, at } of recorded)
    watch.answered(sku, { position: positionOf(position), atMs: Date.parse(at) });
  for (const { sku, position, atMs } of heard) watch.announced(sku, position, atMs);
  return watch;
};

/** From the moment that each event was recorded at to the announcement that rests on it, as the outbox has it. */
export const announcedAfter = async (recorded: readonly Recorded[], pool: Pool): Promise<Watch> => {
  const { rows } = await pool.query<{ sku: string; position: number; at: string }>(
    'SELECT sku, position, announced_at::text AS at FROM read.outbox ORDER BY sequence',
  );
  return toldAfter(
    recorded,
    rows.map(({ sku, position, at }) => ({ sku, position: positionOf(position), atMs: Date.parse(at) })),
  );
};
