import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, millisOf } from '#event-sourcing';
import type { Instant } from '#event-sourcing';
import { createReadDatabase, type ReadDatabase } from '../../testing/database.js';
import { incomingQueries } from './incoming.js';
import type { Backorder, BackorderFilter, BackorderRisk } from './types.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterAll(() => database.drop());

const day = (days: number): Instant => instantOf(millisOf('2026-03-10T12:00:00.000Z') + days * 86_400_000);

type Line = {
  readonly told: boolean;
  readonly quantity: number;
  readonly received: number;
  readonly eta: number | null;
  readonly confirmed: boolean;
};
type World = { readonly lines: ReadonlyMap<string, Line>; readonly promises: readonly Backorder[] };

const skus = ['A', 'B'];
const lineNames = ['po1', 'po2', '$preorder:web'];
const keyOf = ({ sku, incomingLine }: Pick<Backorder, 'sku' | 'incomingLine'>): string => `${sku}|${incomingLine}`;

const lineArbitrary: fc.Arbitrary<Line> = fc.record({
  told: fc.constantFrom(true, true, true, true, false),
  quantity: fc.integer({ min: 0, max: 25 }),
  received: fc.integer({ min: 0, max: 9 }),
  eta: fc.constantFrom(1, 1, 1, 2, 3, 4, null),
  confirmed: fc.constantFrom(true, true, true, true, false),
});
const promiseArbitrary: fc.Arbitrary<Backorder> = fc.record({
  sku: fc.constantFrom(...skus),
  channel: fc.constantFrom('web', 'b2b'),
  orderKey: fc.constantFrom('o1', 'o2', 'o3', 'o4'),
  line: fc.constantFrom('1', '2'),
  incomingLine: fc.constantFrom(...lineNames),
  date: fc.constantFrom(1, 2, 3).map(day),
  quantity: fc.integer({ min: 1, max: 9 }),
  paid: fc.boolean(),
  placedAt: fc.constantFrom(-3, -2).map(day),
  revision: fc.constant(1),
});
/** No pre-order has a line that somebody told. */
const worldArbitrary: fc.Arbitrary<World> = fc
  .record({
    lines: fc.array(lineArbitrary, { minLength: 4, maxLength: 4 }),
    promises: fc.uniqueArray(promiseArbitrary, {
      ...{ minLength: 1, maxLength: 40, size: 'max' },
      selector: (one) => JSON.stringify(placeOf(one)),
    }),
  })
  .map(({ lines, promises }) => ({
    promises,
    lines: new Map(lines.map((line, index) => [`${skus[index % 2] ?? ''}|${lineNames[index >> 1] ?? ''}`, line])),
  }));

const placeOf = (one: Backorder) => [one.date, one.sku, one.channel, one.orderKey, one.line, one.incomingLine];
const byText = (a: readonly string[], b: readonly string[]): number => {
  const index = a.findIndex((text, place) => text !== b[place]);
  return index < 0 ? 0 : (a[index] ?? '') < (b[index] ?? '') ? -1 : 1;
};
/** In the order in which promises on one line are served. */
const rankOf = ({ date, paid, placedAt, channel, orderKey, line }: Backorder) => [
  ...[date, paid ? '0' : '1', placedAt],
  ...[channel, orderKey, line],
];

const lossOf = ({ incomingLine, date }: Backorder, line: Line | undefined, at: Instant): BackorderRisk | undefined => {
  if (incomingLine.startsWith('$')) return date <= at ? 'overdue' : undefined;
  if (!line?.told) return 'cancelled';
  if (!line.confirmed) return 'not_confirmed';
  if (line.eta === null) return 'eta_unknown';
  const eta = day(line.eta);
  if (millisOf(`${eta.slice(0, 10)}T00:00:00.000Z`) + 86_400_000 <= millisOf(at)) return 'overdue';
  return eta > date ? 'late' : undefined;
};
const riskOf = (one: Backorder, { lines, promises }: World, at: Instant, ranked = rankOf): Backorder['atRisk'] => {
  const line = lines.get(keyOf(one));
  const why = lossOf(one, line, at);
  if (why) return { units: one.quantity, why };
  const upTo = promises
    .filter((other) => keyOf(other) === keyOf(one) && byText(ranked(other), ranked(one)) <= 0)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const short = upTo - Math.max(0, (line?.quantity ?? 0) - (line?.received ?? 0));
  if (one.incomingLine.startsWith('$') || short <= 0) return undefined;
  return { units: Math.min(one.quantity, short), why: 'short' };
};
const expectedOf = (world: World, filter: BackorderFilter, ranked = rankOf): readonly Backorder[] =>
  world.promises
    .map((one) => ({ one, atRisk: riskOf(one, world, filter.at ?? day(0), ranked) }))
    .map(({ one, atRisk }) => (atRisk ? { ...one, atRisk } : one))
    .filter(({ channel, sku, atRisk }) => {
      const asked = channel === (filter.channel ?? channel) && sku === (filter.sku ?? sku);
      return asked && (!filter.atRisk || atRisk !== undefined);
    })
    .sort((a, b) => byText(placeOf(a), placeOf(b)));

const store = async ({ lines, promises }: World): Promise<void> => {
  const { pool } = database;
  await pool.query('DELETE FROM fold.incoming');
  await pool.query('DELETE FROM fold.promise');
  for (const [key, { told, quantity, received, eta, confirmed }] of lines)
    await pool.query(
      `INSERT INTO fold.incoming (sku, line, connection, location, quantity, received, eta, confirmed, revision)
      VALUES ($1, $2, $3, 'wh1', $4, $5, $6, $7, 1)`,
      [...key.split('|'), told ? 'wms' : null, quantity, received, eta === null ? null : day(eta), confirmed],
    );
  for (const one of promises)
    await pool.query('INSERT INTO fold.promise VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
      ...[one.sku, one.channel, one.orderKey, one.line, one.incomingLine],
      ...[one.date, one.quantity, one.paid, one.placedAt, one.revision],
    ]);
};
const allPages = async (filter: BackorderFilter, limit: number): Promise<readonly Backorder[]> => {
  const rows: Backorder[] = [];
  for (let after: string | undefined; ;) {
    const page = await incomingQueries(database.pool).backorders({ limit, after }, filter);
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    after = page.next;
  }
};

const filterArbitrary: fc.Arbitrary<BackorderFilter & { readonly at: Instant }> = fc.record({
  channel: fc.constantFrom(undefined, 'b2b'),
  sku: fc.constantFrom(undefined, undefined, 'A'),
  at: fc.constantFrom(0, 0, 1, 2, 3, 5).map(day),
  atRisk: fc.boolean(),
});
const answers = (ranked = rankOf) =>
  fc.asyncProperty(worldArbitrary, filterArbitrary, fc.constantFrom(1, 3, 100), async (world, filter, limit) => {
    await store(world);
    expect(await allPages(filter, limit)).toEqual(expectedOf(world, filter, ranked));
  });

describe('who was promised what', () => {
  it('is told page by page, with what is at risk of it, whatever was asked for', async () => {
    await fc.assert(answers(), { numRuns: 100 });
  });

  it('control: who has paid is served first', async () => {
    const inOrderOfAge = (one: Backorder) => rankOf({ ...one, paid: true });
    expect((await fc.check(answers(inOrderOfAge), { numRuns: 200 })).failed).toBe(true);
  });
});
