import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, provision, type Pool } from '#postgres';
import { InvalidCursorError } from '#read-model';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import type { Alert } from '../../contracts/index.js';
import { recordsModule } from '../module.js';
import type { AlertSink, KeptAlerts } from './alerts.js';
import { createAlerts } from './postgres-alerts.js';

let database: TestDatabase;
let pool: Pool;
let now = Date.parse('2026-03-01T22:00:00Z');
const clock = { now: () => new Date(now).toISOString() };
const troubles: unknown[] = [];
const onTrouble = (error: unknown): void => void troubles.push(error);

beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl: url } = await provision({ ownerUrl: database.url, modules: [recordsModule] });
  pool = createPool({ url, applicationName: 'alerts-test', max: 8 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Whoever gets up at night: hears, or sleeps too well. */
const listener = () => {
  const heard: string[] = [];
  const sleeping = { is: false };
  const sink: AlertSink = {
    tell: (news, { channel, code, subject }) => {
      if (sleeping.is) return Promise.reject(new Error('asleep'));
      heard.push([news, channel, code, subject].filter((part) => part !== '').join(' '));
      return Promise.resolve();
    },
  };
  return { heard, sleeping, alerts: createAlerts({ pool, clock, sink, onTrouble }) };
};

const alert = (of: Partial<Alert> = {}): Alert => ({
  ...{
    channel: 'web',
    code: 'feed_stale',
    subject: '',
    level: 'page',
    detail: 'No orders',
    verb: 'channel status web',
  },
  ...of,
});

const openOf = async (alerts: KeptAlerts, channel?: string) =>
  (await alerts.list({ channel, state: 'open' }, { limit: 100 })).rows;

beforeEach(async () => {
  await pool.query('DELETE FROM channel_records.alert');
  troubles.length = 0;
});

describe('an alert', () => {
  it('is one row while it is open: raised again it is counted, and says what is so by now', async () => {
    const { alerts, heard } = listener();
    await alerts.raise(alert());
    now += 60_000;
    await alerts.raise(alert({ detail: 'No orders for 2 minutes' }));
    await alerts.raise(alert({ subject: '42' }));
    const [of42, own] = await openOf(alerts);
    expect(own).toMatchObject({ subject: '', times: 2, detail: 'No orders for 2 minutes', lastAt: clock.now() });
    expect(of42).toMatchObject({ subject: '42', times: 1, endedAt: null });
    await alerts.tellUntold();
    expect(heard).toEqual(['opened web feed_stale', 'opened web feed_stale 42']);
  });

  it('ends once, stands in the history, and is another one when it is raised again', async () => {
    const { alerts, heard } = listener();
    await alerts.settle('web', 'feed_stale');
    await alerts.raise(alert());
    await alerts.settle('web', 'feed_stale');
    await alerts.settle('web', 'feed_stale');
    await alerts.raise(alert());
    expect((await openOf(alerts)).map(({ times }) => times)).toEqual([1]);
    const { rows } = await alerts.list({ state: 'ended' }, { limit: 10 });
    expect(rows.map(({ endedAt }) => endedAt)).toEqual([clock.now()]);
    await alerts.tellUntold();
    expect(heard).toEqual(['opened web feed_stale', 'ended web feed_stale', 'opened web feed_stale']);
  });

  it('is opened by one of twenty that raise it at once, and told once', async () => {
    const listeners = Array.from({ length: 20 }, listener);
    await Promise.all(listeners.map(({ alerts }) => alerts.raise(alert())));
    expect((await openOf(listeners[0]!.alerts)).map(({ times }) => times)).toEqual([20]);
    const allTell = () => Promise.all(listeners.map(({ alerts }) => alerts.tellUntold()));
    await allTell();
    expect(listeners.flatMap(({ heard }) => heard)).toEqual(['opened web feed_stale']);
    await Promise.all(listeners.map(({ alerts }) => alerts.settle('web', 'feed_stale')));
    await allTell();
    const heard = listeners.flatMap((one) => one.heard);
    expect(heard.toSorted()).toEqual(['ended web feed_stale', 'opened web feed_stale']);
  });

  it('is told later where nobody could hear, its beginning before its end, and the others none the less', async () => {
    const { alerts, heard, sleeping } = listener();
    sleeping.is = true;
    await alerts.raise(alert());
    await alerts.raise(alert({ subject: '42' }));
    await alerts.settle('web', 'feed_stale');
    await alerts.tellUntold();
    expect([heard, troubles.length > 0]).toEqual([[], true]);
    sleeping.is = false;
    await alerts.tellUntold();
    await alerts.tellUntold();
    expect(heard).toEqual(['opened web feed_stale', 'ended web feed_stale', 'opened web feed_stale 42']);
  });

  it('is listed by its channel, in pages', async () => {
    const { alerts } = listener();
    const subjects = ['1', '2', '3', '4', '5'];
    for (const subject of subjects) await alerts.raise(alert({ subject }));
    await alerts.raise(alert({ channel: 'b2b' }));
    const first = await alerts.list({ channel: 'web', state: 'open' }, { limit: 3 });
    const second = await alerts.list({ channel: 'web', state: 'open' }, { limit: 3, after: first.next });
    expect([...first.rows, ...second.rows].map(({ subject }) => subject)).toEqual(subjects.toReversed());
    expect([second.next, (await openOf(alerts)).length]).toEqual([undefined, 6]);
    await expect(alerts.list({ state: 'open' }, { limit: 1, after: 'WyJ4Il0' })).rejects.toThrow(InvalidCursorError);
  });

  it('says what the open ones of a code concern', async () => {
    const { alerts } = listener();
    for (const subject of ['3', '1', '2', '4']) await alerts.raise(alert({ subject }));
    await alerts.settle('web', 'feed_stale', '2');
    await alerts.raise(alert({ subject: '5', code: 'drift_held' }));
    await alerts.raise(alert({ subject: '6', channel: 'b2b' }));
    expect(await alerts.subjects('web', 'feed_stale', '')).toEqual(['1', '3', '4']);
    expect(await alerts.subjects('web', 'feed_stale', '3')).toEqual(['4']);
    expect((await alerts.open()).map(({ channel, code, alerts: count }) => [channel, code, count])).toEqual([
      ['b2b', 'feed_stale', 1],
      ['web', 'drift_held', 1],
      ['web', 'feed_stale', 3],
    ]);
  });

  it('control: two open rows of one cause are refused by the database', async () => {
    const { alerts } = listener();
    await alerts.raise(alert());
    const again = `INSERT INTO channel_records.alert (channel, code, subject, level, detail, verb, raised_at, last_at)
      SELECT channel, code, subject, level, detail, verb, raised_at, last_at FROM channel_records.alert`;
    await expect(pool.query(again)).rejects.toThrow('duplicate key');
  });
});
