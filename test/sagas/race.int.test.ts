import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryCheckpoint, startLedger, type Ledger } from '#apps/ledger';
import { StoreUnavailableError, type EventStore, type RecordedEvent } from '#event-sourcing';
import { createMemoryKeyIndex } from '#event-store/memory';
import { createPostgresEventStore, ledgerModule, type PostgresEventStore } from '#event-store/postgres';
import { createClock } from '#platform';
import { provision } from '#postgres';
import { plainDigest, seededRandom } from '#testing';
import { createDatabase } from '#testing/postgres';
import { audit } from '../simulation/auditor/audit.js';

/*
 * Three write sides with their own lanes and caches on one log in PostgreSQL, and many carts and orders that want the same
 * few units at the same time. The auditor of the simulation reads the log afterwards: no hold was ever beyond atp.
 */

const units = 20;
const of = (sku: string, each: number) => ({ sku, units: each });
const shops = [{ channel: 'web', locations: ['wh1', 'wh2'] }] as const;
const by = (connection: string, idempotencyKey: string) => ({
  ...{ connection, actor: 'race', correlationId: 'race', idempotencyKey },
});

const logOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const head = await store.head();
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(undefined, { signal: AbortSignal.timeout(20_000) })) {
    events.push(...batch.events);
    if (head === undefined || batch.after >= head) break;
  }
  return events;
};

describe('carts of several processes that race for the last units', () => {
  let drop: () => Promise<void>;
  let stores: readonly PostgresEventStore[];
  let ledgers: readonly Ledger[];

  beforeAll(async () => {
    const database = await createDatabase();
    ({ drop } = database);
    const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [ledgerModule] });
    stores = [1, 2, 3].map((nth) => createPostgresEventStore({ url: serviceUrl, applicationName: `race ${nth}` }));
    const clock = createClock();
    ledgers = await Promise.all(
      stores.map((store, nth) =>
        startLedger({
          ...{ store, clock, digest: plainDigest, random: seededRandom(nth), keyIndex: createMemoryKeyIndex() },
          backstop: memoryCheckpoint(),
        }),
      ),
    );
    const [first] = ledgers as [Ledger];
    for (const location of ['wh1', 'wh2'])
      await first.setLocation(by('operator', location), {
        kind: 'define_location',
        location,
        author: 'wms',
        authors: {},
      });
    const defined = await first.setChannel(by('operator', 'web'), {
      ...{ kind: 'define_channel', channel: 'web', connection: 'shop', locations: ['wh1', 'wh2'] },
      ...{ reservationTtlMillis: 600_000, splitCarts: false },
    });
    if (defined.kind !== 'accepted' || defined.position === undefined) throw new Error(defined.kind);
    for (const { policies } of ledgers) await policies.reached(defined.position);
    for (const location of ['wh1', 'wh2'])
      await first.report(
        by('wms', `receipt-${location}`),
        'mug',
        {
          ...{ kind: 'receipt', connection: 'wms', sourceKey: location, sourceVersion: 1, occurredAt: clock.now() },
          ...{ location, quantity: units / 2, bucket: 'sellable' },
        },
        { momentGiven: true },
      );
  });
  afterAll(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.stop()));
    await Promise.all(stores.map((store) => store.close()));
    await drop();
  });

  /** Asks under one id until the answer is of the ledger's balances, not of its load. */
  const insist = async (cart: number, sku = 'mug'): Promise<number> => {
    for (let tries = 0; tries < 50; tries += 1) {
      const ledger = ledgers[(cart + tries) % ledgers.length] as Ledger;
      const wish = { channel: 'web', cart: `c${cart}`, lines: [{ sku, quantity: 1 + (cart % 3) }] };
      const answer = await ledger.carts.set(by('shop', `cart-${cart}`), wish).catch((error: unknown) => {
        if (error instanceof StoreUnavailableError) return undefined;
        throw error;
      });
      if (answer?.kind === 'held') return answer.lines[0]?.held ?? 0;
      if (answer?.kind === 'not_held' && answer.failure.kind === 'refused') return 0;
    }
    throw new Error(`cart ${cart} was never answered`);
  };

  it('hold all of them and not one more, and the auditor agrees', async () => {
    const held = await Promise.all(Array.from({ length: 60 }, (_, cart) => insist(cart)));
    expect(held.reduce((sum, quantity) => sum + quantity, 0)).toBe(units);
    const log = await logOf(stores[0] as EventStore);
    expect(audit(log, shops).findings).toEqual([]);
    expect(log.filter(({ type }) => type === 'StockReserved')).toHaveLength(held.filter((each) => each > 0).length);
  });

  it('control: the auditor finds a unit too many in that log', async () => {
    const log = await logOf(stores[0] as EventStore);
    const reserved = log.findLast(({ type }) => type === 'StockReserved') as RecordedEvent;
    const twice = [...log, { ...reserved, revision: log.length }];
    expect(audit(twice, shops).findings).toContainEqual(expect.stringMatching(/names atp \d+, it is 0/));
  });

  it('of bundles that share components hold no more than there are, whole or not at all', async () => {
    const [first] = ledgers as [Ledger];
    for (const sku of ['cup', 'jar', 'lid'])
      await first.report(
        by('wms', `receipt-${sku}`),
        sku,
        {
          ...{ kind: 'receipt', connection: 'wms', sourceKey: sku, sourceVersion: 1, occurredAt: first.clock.now() },
          ...{ location: 'wh1', quantity: units, bucket: 'sellable' },
        },
        { momentGiven: true },
      );
    const recipes = { pair: [of('cup', 2), of('jar', 1)], set: [of('cup', 1), of('jar', 2), of('lid', 1)] };
    for (const [sku, components] of Object.entries(recipes)) {
      const outcome = await first.setBundle(by('operator', sku), { kind: 'set_bundle', sku, revision: -1, components });
      if (outcome.kind !== 'accepted' || outcome.position === undefined) throw new Error(outcome.kind);
      for (const { policies } of ledgers) await policies.reached(outcome.position);
    }
    const wanted = ['pair', 'set', 'cup'];
    const carts = Array.from({ length: 45 }, (_, cart) => ({ cart: 100 + cart, sku: wanted[cart % 3] ?? '' }));
    await Promise.all(carts.map(({ cart, sku }) => insist(cart, sku)));
    const log = await logOf(stores[0] as EventStore);
    expect(audit(log, shops).findings).toEqual([]);
    const stock = await first.lanes.stock.load(['stock-cup', 'stock-jar', 'stock-lid']);
    const heldBy = (cart: number) => stock.map(({ state }) => state.holds.get(`web:c${cart}`)?.quantity ?? 0);
    let cups = 0;
    for (const { cart, sku } of carts) {
      const [one = 0, two = 0, three = 0] = heldBy(cart);
      cups += one;
      const ratio = { pair: [one, one / 2, 0], set: [one, 2 * one, one], cup: [one, 0, 0] }[sku];
      expect([one, two, three]).toEqual(ratio);
    }
    expect(cups).toBeGreaterThan(0);
    expect(cups).toBeLessThanOrEqual(units);
  });
});
