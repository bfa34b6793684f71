import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { positionOf } from '#event-sourcing';
import type { Position, RecordedEvent } from '#event-sourcing';
import type { LineTarget } from '#orders';
import { createQueries } from '#read-model';
import type { LineStanding } from '#stock';
import { createReadDatabase, type ReadDatabase } from '../../../../libs/read-model/testing/database.js';
import { logBuilder, recordedAtOf } from '../../../../libs/read-model/testing/log-builder.js';
import { liveProjections, project, projectAll } from '../../../../libs/read-model/testing/project.js';
import { storeOf } from '../../../../libs/read-model/testing/store-of.js';
import { askingFigures } from './figures.js';
import { askingIncluded, includedOrdersMax, type ParkedOrder } from './included.js';

let database: ReadDatabase;
beforeAll(async () => {
  database = await createReadDatabase();
});
afterEach(() => database.reset());
afterAll(() => database.drop());

const at = recordedAtOf(0);
const channel = 'web';

/** A log in which 100 units of A and B are at wh1, and in which orders are recorded and arrive at their SKUs by hand. */
const world = () => {
  const log = logBuilder();
  log.add('policy-channel-web', {
    type: 'ChannelDefined',
    occurredAt: at,
    data: { channel, connection: 'shop', locations: ['wh1'], reservationTtlMillis: 60_000, splitCarts: false },
  });
  for (const sku of ['A', 'B']) {
    const fact = { connection: 'erp', kind: 'receipt', sourceKey: sku, version: 1, hash: 'h' } as const;
    const parts = [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 100 }] as const;
    log.add(`stock-${sku}`, { type: 'StockReceived', occurredAt: at, data: { parts, fact } });
  }
  const revisions = new Map<string, number>();
  const append = (orderKey: string, event: Parameters<typeof log.add>[1]) => {
    revisions.set(orderKey, (revisions.get(orderKey) ?? -1) + 1);
    return log.add(`order-web-${orderKey}`, event);
  };
  const record = (orderKey: string, version: number): void => {
    const snapshot = { version, placedAt: at, changedAt: at, payment: 'paid', lines: [] } as const;
    append(orderKey, {
      type: 'OrderRecorded',
      occurredAt: at,
      data: { channel, orderKey, snapshot, hash: 'h' },
    } as never);
  };
  const target = (orderKey: string, ...skus: readonly string[]): number => {
    const version = (revisions.get(orderKey) ?? -1) + 1;
    const targets = skus.map((sku): LineTarget => ({ line: '1', sku, version, ...quantities, withheld: 0 }));
    const data = { channel, orderKey, connection: 'shop', placedAt: at, targets };
    append(orderKey, { type: 'OrderTargetsSet', occurredAt: at, data } as never);
    return version;
  };
  const arrive = (orderKey: string, sku: string, version: number): void => {
    const line: LineStanding = { ...standing, version };
    const parts = [{ location: 'wh1', from: 'sellable', to: 'committed', quantity: 1 }] as const;
    const data = { parts, order: { channel, orderKey, line: '1' }, line, decidedOn: { atp: 0, policies: {} } };
    log.add(`stock-${sku}`, { type: 'CommitmentChanged', occurredAt: at, data });
  };
  return { log: log.events, record, target, arrive };
};

const quantities = { ordered: 1, promised: 1, baselineIssued: 0, baselineReturned: 0, paid: true };
const standing = {
  ...{ ...quantities, issued: 0, returned: 0, withheld: 0, sent: [], placedAt: at },
  committed: [{ location: 'wh1', quantity: 1 }],
};

type Around = { readonly delivered?: Position; readonly parked?: readonly ParkedOrder[] };

const sideOver = (log: readonly RecordedEvent[], { delivered, parked = [] }: Around = {}) =>
  askingIncluded({
    pool: database.pool,
    store: { ...storeOf(log), head: () => Promise.resolve(positionOf(log.length)) },
    parked: () => Promise.resolve(parked),
    delivered: () => Promise.resolve(delivered),
  });

const order = (orderKey: string, version = 1) => ({ channel, orderKey, version });
const shownOf = async (log: readonly RecordedEvent[], sku: string): Promise<number | undefined> => {
  const figures = askingFigures(createQueries({ pool: database.pool, store: storeOf(log) }));
  return (await figures(channel, [sku]))[0]?.shown;
};

describe('an order is included', () => {
  it('once all of its SKUs have taken it in and the rows that answer have it', async () => {
    const { log, record, target, arrive } = world();
    const ask = async () => (await sideOver(log)([order('o1')])).included;
    record('o1', 1);
    await projectAll(database.pool, log);
    expect(await ask()).toEqual([]);
    const version = target('o1', 'A', 'B');
    arrive('o1', 'A', version);
    await projectAll(database.pool, log);
    expect([await ask(), await shownOf(log, 'A')]).toEqual([[], 99]);
    arrive('o1', 'B', version);
    const [fold, , index] = liveProjections(database.pool);
    await project(index!, log);
    expect([await ask(), await shownOf(log, 'B')]).toEqual([[], 100]);
    await project(fold!, log);
    expect([await ask(), await shownOf(log, 'B')]).toEqual([[order('o1')], 99]);
  });

  it('where a newer version has come, or a target that did not change', async () => {
    const { log, record, target, arrive } = world();
    record('o1', 1);
    arrive('o1', 'A', target('o1', 'A'));
    record('o1', 5);
    await projectAll(database.pool, log);
    // The newest snapshot has not become targets yet.
    expect((await sideOver(log)([order('o1', 1), order('o1', 5)])).included).toEqual([]);
    arrive('o1', 'A', target('o1', 'A'));
    await projectAll(database.pool, log);
    const asked = [order('o1', 1), order('o1', 5), order('o1', 6), order('never')];
    expect((await sideOver(log)(asked)).included).toEqual([order('o1', 1), order('o1', 5)]);
  });

  it('with lines that wait for their listing: they take no SKU', async () => {
    const { log, record, target } = world();
    record('o1', 1);
    target('o1');
    await projectAll(database.pool, log);
    expect(await sideOver(log)([order('o1')])).toEqual({ included: [order('o1')], refused: [] });
  });

  it('among as many as may be asked for at once, each in its place', async () => {
    const { log, record, target, arrive } = world();
    const all = Array.from({ length: includedOrdersMax }, (_, index) => order(`o${index}`));
    all.forEach(({ orderKey }, index) => {
      record(orderKey, 1);
      const version = target(orderKey, 'A', 'B');
      arrive(orderKey, 'A', version);
      if (index % 3 !== 0) arrive(orderKey, 'B', version);
    });
    await projectAll(database.pool, log);
    const { included, refused } = await sideOver(log)(all);
    expect(included).toEqual(all.filter((_, index) => index % 3 !== 0));
    expect(refused).toEqual([]);
    await expect(sideOver(log)([...all, order('one more')])).rejects.toThrow(RangeError);
  });
});

describe('an order is not waited for', () => {
  it('where its message was put aside, until a newer one is recorded', async () => {
    const { log, record, target } = world();
    await projectAll(database.pool, log);
    const parked = [{ ...order('o1', 2), code: 'not_author', detail: 'no' }];
    const ask = () => sideOver(log, { parked })([order('o1', 1), order('o1', 2), order('o1', 3)]);
    expect(await ask()).toEqual({ included: [], refused: parked });
    record('o1', 3);
    target('o1');
    await projectAll(database.pool, log);
    expect(await ask()).toEqual({ included: [order('o1', 1), order('o1', 2), order('o1', 3)], refused: [] });
  });

  it('where everything was delivered and its SKU has not taken it', async () => {
    const { log, record, target } = world();
    record('o1', 1);
    target('o1', 'A');
    const delivered = positionOf(log.length);
    const lost = { ...order('o1'), code: 'target_refused', detail: expect.stringContaining('A') as string };
    // The index may not know yet what was delivered.
    expect(await sideOver(log, { delivered })([order('o1')])).toEqual({ included: [], refused: [] });
    await projectAll(database.pool, log);
    expect(await sideOver(log, { delivered })([order('o1')])).toEqual({ included: [], refused: [lost] });
    for (const before of [undefined, positionOf(log.length - 1)])
      expect(await sideOver(log, before === undefined ? {} : { delivered: before })([order('o1')])).toEqual({
        included: [],
        refused: [],
      });
  });
});
