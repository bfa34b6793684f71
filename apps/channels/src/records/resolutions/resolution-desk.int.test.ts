import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { Finding } from '../../contracts/index.js';
import { createAlerts } from '../alerts/postgres-alerts.js';
import { createFindings } from '../findings/postgres-findings.js';
import { recordsModule } from '../module.js';
import { wakeFindings } from '../upkeep/wake-findings.js';
import type { Adjusted, Adjustment } from './ports.js';
import { createResolutionDesk } from './resolution-desk.js';
import { createResolutionStore } from './resolution-store.js';
import type { Saying } from './resolution.js';

let database: TestDatabase;
let pool: Pool;
let now = Date.parse('2026-03-02T08:00:00Z');
const clock = { now: () => new Date(now).toISOString() };
const troubles: unknown[] = [];
const onTrouble = (error: unknown): void => void troubles.push(error);
const sink = { tell: () => Promise.resolve() };

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [recordsModule] });
  pool = createPool({ url, applicationName: 'desk-test', max: 8 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('DELETE FROM channel_records.finding; DELETE FROM channel_records.alert');
});

/** A ledger that posts each key once, and workers; any of them may fail where the process would have died. */
const outside = () => {
  const posted = new Map<string, Adjustment>();
  const did: string[] = [];
  const failing = { in: '', refusal: undefined as { readonly code: string } | undefined };
  const fails = (where: string): void => {
    if (failing.in === where) throw new Error(`dead ${where}`);
  };
  const adjust = (adjustment: Adjustment): Promise<Adjusted> => {
    if (failing.refusal !== undefined) return Promise.resolve({ kind: 'refused', refusal: failing.refusal });
    did.push('adjust');
    if (!posted.has(adjustment.key)) posted.set(adjustment.key, adjustment);
    fails('after adjust');
    return Promise.resolve({ kind: 'posted' });
  };
  const release = (channel: string, row: string): Promise<void> => {
    fails('before release');
    did.push(`release ${channel} ${row}`);
    return Promise.resolve(fails('after release'));
  };
  const rereadOrders = (channel: string, from: string, to: string): Promise<void> => {
    did.push(`reread ${channel} ${from} ${to}`);
    return Promise.resolve();
  };
  const unitsPerSale = (_channel: string, row: string) => Promise.resolve(row === 'unlisted' ? undefined : 2);
  const mayThrow =
    <Asked extends unknown[], Answer>(ask: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked) =>
      ask(...asked);
  const ports = { adjust: mayThrow(adjust), release: mayThrow(release), rereadOrders, unitsPerSale };
  return { posted, did, failing, ports };
};

const findings = () => createFindings(pool);

const newDesk = ({ ports }: ReturnType<typeof outside>) => {
  const alerts = createAlerts({ pool, clock, sink, onTrouble });
  const resolutions = createResolutionStore(pool);
  return { alerts, desk: createResolutionDesk({ findings: findings(), resolutions, alerts, ports, clock, onTrouble }) };
};

const finding = (of: Partial<Finding> = {}): Finding => ({
  ...{ channel: 'web', row: '42', sku: 'A', kind: 'drift_held', units: 15, cause: 'unknown', read: 5 },
  ...{ expected: [20], hold: 'too_much', written: undefined, target: 20, at: now - 3_600_000 },
  ...of,
});

/** The id of a finding that was just noted. */
const noted = async (of: Partial<Finding> = {}): Promise<string> => {
  await findings().note([finding(of)]);
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM channel_records.finding ORDER BY at DESC LIMIT 1');
  return rows[0]?.id ?? '';
};

const said = (id: string, saying: Saying) => ({ finding: id, saying, actor: 'key1', reason: 'looked at the shelf' });
const atWarehouse: Saying = { how: 'shop_is_right', location: 'wh1' };
const stateOf = async (id: string) => (await findings().find(id))?.state;

describe('a finding', () => {
  it('is kept once, with all that was known', async () => {
    const full = finding({
      since: now - 7_200_000,
      expected: Array.from({ length: 16 }, (_, nth) => nth * 1_000_000 - 7),
    });
    await findings().note([full, full]);
    await findings().note([full, finding({ row: '43', kind: 'above', expected: 'unknown', written: 5 })]);
    const { rows } = await findings().list({ state: 'open', channel: 'web', sku: 'A' }, { limit: 10 });
    expect(rows).toMatchObject([
      { row: '42', expected: full.expected, hold: 'too_much', state: 'open', written: null },
    ]);
    const above = await findings().list({ state: 'resolvable' }, { limit: 10 });
    expect(above.rows).toMatchObject([{ row: '43', expected: null, written: 5, since: null }]);
  });
});

describe('what a person says', () => {
  it('is done and noted, with who and why, and said again it is over', async () => {
    const world = outside();
    const { desk } = newDesk(world);
    const id = await noted();
    expect(await desk.resolve(said(id, atWarehouse))).toMatchObject({ kind: 'applied' });
    expect(world.posted.get(`finding-${id}`)).toMatchObject({ quantity: -30, location: 'wh1', actor: 'key1' });
    expect([world.did, await stateOf(id)]).toEqual([['adjust', 'release web 42'], 'resolved']);
    expect(await desk.resolve(said(id, atWarehouse))).toMatchObject({ refusal: { code: 'finding_resolved' } });
    expect(await desk.resolutionsOf(id)).toMatchObject([
      { actor: 'key1', reason: 'looked at the shelf', state: 'applied' },
    ]);
  });

  it('is told before it is done, and nothing is changed by that', async () => {
    const world = outside();
    const { desk } = newDesk(world);
    const id = await noted();
    expect(await desk.plan(said(id, atWarehouse))).toMatchObject({ kind: 'planned', plan: { leaves: 'resolved' } });
    expect([world.did, await stateOf(id), await desk.resolutionsOf(id)]).toEqual([[], 'open', []]);
    expect(await desk.plan(said('nobody', atWarehouse))).toEqual({ kind: 'unknown_finding' });
  });

  it.each(['after adjust', 'before release', 'after release'])(
    'is done once, when the process dies %s',
    async (where) => {
      const world = outside();
      const id = await noted();
      world.failing.in = where;
      await expect(newDesk(world).desk.resolve(said(id, atWarehouse))).rejects.toThrow('dead');
      expect(await stateOf(id)).toBe('open');
      world.failing.in = '';
      const { desk } = newDesk(world);
      expect(await desk.resolve(said(id, { how: 'ledger_is_right' }))).toEqual({
        kind: 'being_resolved',
        how: 'shop_is_right',
      });
      now += 31_000;
      await Promise.all([desk.carryOn(), desk.carryOn()]);
      expect([world.posted.size, await stateOf(id)]).toEqual([1, 'resolved']);
      expect(world.did.at(-1)).toBe('release web 42');
    },
  );

  it('is carried on by saying it again', async () => {
    const world = outside();
    const id = await noted();
    world.failing.in = 'after adjust';
    await expect(newDesk(world).desk.resolve(said(id, atWarehouse))).rejects.toThrow('dead');
    world.failing.in = '';
    expect(await newDesk(world).desk.resolve(said(id, atWarehouse))).toMatchObject({ kind: 'applied' });
    expect(world.posted.size).toBe(1);
  });

  it('of twenty that say it at once is done once', async () => {
    const world = outside();
    const id = await noted();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        newDesk(world).desk.resolve(said(id, nth % 2 === 0 ? atWarehouse : { how: 'ledger_is_right' })),
      ),
    );
    const applied = answers.filter(({ kind }) => kind === 'applied');
    expect(applied.length).toBeGreaterThan(0);
    expect((await newDesk(world).desk.resolutionsOf(id)).length).toBe(1);
    const [{ how } = { how: '' }] = await newDesk(world).desk.resolutionsOf(id);
    expect(world.posted.size).toBe(how === 'shop_is_right' ? 1 : 0);
  });

  it('is not done where the ledger refuses it, and may be said otherwise', async () => {
    const world = outside();
    const { desk } = newDesk(world);
    const id = await noted();
    world.failing.refusal = { code: 'unknown_location' };
    expect(await desk.resolve(said(id, atWarehouse))).toMatchObject({
      kind: 'not_applied',
      refusal: { code: 'unknown_location' },
    });
    expect([world.did, await stateOf(id)]).toEqual([[], 'open']);
    world.failing.refusal = undefined;
    expect(await desk.resolve(said(id, { ...atWarehouse, location: 'wh2' }))).toMatchObject({ kind: 'applied' });
    expect(await desk.resolve(said(await noted({ row: 'unlisted', at: now }), atWarehouse))).toMatchObject({
      refusal: { code: 'row_not_listed' },
    });
  });

  it('to count it is work for somebody, until a person says what is right', async () => {
    const { alerts, desk } = newDesk(outside());
    const id = await noted();
    const open = async () =>
      (await alerts.list({ state: 'open' }, { limit: 9 })).rows.map(({ code, subject }) => [code, subject]);
    await alerts.raise({ channel: 'web', code: 'drift_held', subject: '42', level: 'ticket', detail: '', verb: '' });
    await desk.resolve(said(id, { how: 'count_it' }));
    expect([await stateOf(id), await open()]).toEqual(['counting', [['count_wanted', '42']]]);
    await desk.resolve(said(id, { how: 'ledger_is_right' }));
    expect([await stateOf(id), await open()]).toEqual(['resolved', []]);
  });

  it('to let it rest lets it rest, and no longer', async () => {
    const { alerts, desk } = newDesk(outside());
    const id = await noted();
    await desk.resolve(said(id, { how: 'snooze', until: new Date(now + 60_000).toISOString() }));
    await wakeFindings({ findings: findings(), alerts, clock });
    expect(await stateOf(id)).toBe('snoozed');
    now += 60_000;
    await wakeFindings({ findings: findings(), alerts, clock });
    const { rows } = await alerts.list({ state: 'open' }, { limit: 9 });
    expect([await stateOf(id), rows.map(({ code, subject }) => [code, subject])]).toEqual([
      'open',
      [['drift_held', '42']],
    ]);
  });

  it('control: a ledger that does not know the key again would post it twice', async () => {
    const world = outside();
    const id = await noted();
    world.failing.in = 'after adjust';
    await expect(newDesk(world).desk.resolve(said(id, atWarehouse))).rejects.toThrow('dead');
    world.failing.in = '';
    await newDesk(world).desk.resolve(said(id, atWarehouse));
    expect(world.did.filter((one) => one === 'adjust')).toHaveLength(2);
  });
});
