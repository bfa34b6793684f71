import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger, type Logger } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { copyDatabase, createDatabase, type TestDatabase } from '#testing/postgres';
import type { Alert } from '../contracts/index.js';
import type { Connections, Wanted } from './connections.js';
import { connectionsModule, openConnections, type OpenConnectionsOptions } from './index.js';

const by: Wanted = { actor: 'key1', reason: 'going live', dryRun: false };
const tried: Wanted = { ...by, dryRun: true };
const secret = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const shop = (channel: string) => ({
  ...{ channel, connection: 'shop', kind: 'prestashop', settings: { url: 'https://shop.example' } },
  secrets: { key: secret },
});
const newKey = (): string => randomBytes(32).toString('base64');

type Place = { readonly database: TestDatabase; readonly pool: Pool; readonly folder: string };

/** What one start of the process says and keeps. */
const open = async (
  { pool, folder }: Place,
  config: Partial<OpenConnectionsOptions['config']> = {},
): Promise<{ connections: Connections; alerts: Alert[]; lines: string[]; settled: string[] }> => {
  const [alerts, lines, settled]: [Alert[], string[], string[]] = [[], [], []];
  const logger: Logger = createLogger(
    'debug',
    (line) => void lines.push(line),
    () => '2026-03-01T09:00:00.000Z',
  );
  const none = undefined;
  const connections = await openConnections({
    ...{ pool, logger },
    config: {
      ...{ databaseUrl: none, dataFolder: folder, instanceId: none, environment: 'production' },
      ...{ channelSecretsKey: none, channelSecretsKeyFile: none, channelSecretsKeyOld: none, ...config },
    },
    alerts: {
      raise: (alert) => Promise.resolve(void alerts.push(alert)),
      settle: (channel, code) => Promise.resolve(void settled.push(`${channel} ${code}`)),
      subjects: () => Promise.resolve([]),
    },
  });
  return { connections, alerts, lines, settled };
};

const places: Place[] = [];
const placeOn = async (database: TestDatabase): Promise<Place> => {
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [connectionsModule] });
  const pool = createPool({ url: serviceUrl, applicationName: 'test', max: 20 });
  const place = { database, pool, folder: await mkdtemp(join(tmpdir(), 'channels-')) };
  places.push(place);
  return place;
};
const newPlace = async (): Promise<Place> => placeOn(await createDatabase());

let place: Place;
let connections: Connections;
beforeAll(async () => {
  place = await newPlace();
  ({ connections } = await open(place));
});
afterAll(async () => {
  for (const { pool, database, folder } of places) {
    await pool.end();
    await database.drop();
    await rm(folder, { recursive: true });
  }
});

/** Up to a rung, one after the other. */
const climb = async (of: Connections, channel: string, to: 'observe' | 'shadow' | 'live'): Promise<void> => {
  for (const rung of ['observe', 'shadow', 'canary', 'live'] as const) {
    const revision = (await of.find(channel))?.revision ?? -1;
    const canary = rung === 'canary' ? { percent: 10 } : undefined;
    expect(await of.setLadder(channel, { rung, canary, revision }, by)).toMatchObject({ kind: 'done', changed: true });
    if (rung === to) return;
  }
};

describe('connections', () => {
  it('are kept as they were added, each change with who made it and why', async () => {
    const added = await connections.add(shop('kept'), by);
    const standing = {
      ...{ channel: 'kept', connection: 'shop', kind: 'prestashop', settings: { url: 'https://shop.example/api/' } },
      ...{ ladder: { rung: 'off' }, revision: 0 },
    };
    expect(added).toMatchObject({ kind: 'done', changed: true, connection: { ...standing, secrets: ['key'] } });
    expect(await connections.add(shop('kept'), by)).toMatchObject({ changed: false });
    expect(await connections.find('kept')).toEqual({ ...standing, pausedFor: undefined });
    await climb(connections, 'kept', 'live');
    expect(await connections.find('kept')).toMatchObject({ ladder: { rung: 'live' }, revision: 4 });
    await connections.pause('kept', 'shop_restored', 'service');
    await connections.pause('kept', 'shop_restored', 'service');
    expect(await connections.find('kept')).toMatchObject({ pausedFor: 'shop_restored', ladder: { rung: 'paused' } });
    expect(await connections.resume('kept', { ...by, reason: 'looked at it' })).toMatchObject({
      connection: { ladder: { rung: 'live' }, pausedFor: undefined },
    });
    const history = await connections.history('kept', 3);
    expect(history.map(({ revision, what, actor, reason }) => [revision, what, actor, reason])).toEqual([
      [4, 'step', 'key1', 'going live'],
      [5, 'pause', 'service', 'shop_restored'],
      [6, 'resume', 'key1', 'looked at it'],
    ]);
    expect((await connections.list()).map(({ channel }) => channel)).toContain('kept');
  });

  it('that are tried change nothing, and say what they would', async () => {
    expect(await connections.add(shop('tried'), tried)).toMatchObject({
      changed: true,
      connection: { secrets: ['key'] },
    });
    expect(await connections.find('tried')).toBeUndefined();
    await connections.add(shop('tried'), by);
    expect(await connections.pauseBy('tried', tried)).toMatchObject({ changed: false });
    const step = { rung: 'observe', canary: undefined, revision: 0 } as const;
    expect(await connections.setLadder('tried', step, tried)).toMatchObject({ connection: { revision: 1 } });
    expect(await connections.show('tried')).toMatchObject({ revision: 0, ladder: { rung: 'off' } });
  });

  it('keep a time of every day in which nothing is written, whatever kind they are of', async () => {
    const maintenance = { from: '23:00', to: '01:30' };
    const { settings, ...kept } = shop('maintained');
    const answer = await connections.add({ ...kept, settings: { ...settings, maintenance } }, by);
    expect(answer).toMatchObject({ connection: { settings: { maintenance } } });
  });

  it.each([
    ['unknown_kind', { kind: 'gopher' }],
    ['settings_unfit', { settings: { url: 'http://shop.example' } }],
    ['settings_unfit', { settings: { ...shop('refused').settings, maintenance: { from: '2:00', to: '03:00' } } }],
    ['secrets_missing', { secrets: { webhookSecret: 'x' } }],
    ['secrets_unknown', { secrets: { key: secret, password: 'x' } }],
  ])('are refused: %s', async (code, wrong) => {
    const answer = await connections.add({ ...shop('refused'), ...wrong }, by);
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code } });
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(await connections.find('refused')).toBeUndefined();
  });

  it('twenty who change the same revision at once are one who did and nineteen who read it again', async () => {
    await connections.add(shop('raced'), by);
    const change = (at: number) => ({ settings: { url: `https://${at}.example` }, secrets: {}, revision: 0 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => connections.change('raced', change(at), by)),
    );
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    for (const answer of answers) if (answer.kind === 'refused') expect(answer.refusal.code).toBe('connection_changed');
    expect(await connections.history('raced', -1)).toHaveLength(2);
    const added = await Promise.all(Array.from({ length: 20 }, () => connections.add(shop('raced2'), by)));
    expect(added.filter((answer) => answer.kind === 'done' && answer.changed)).toHaveLength(1);
  });
});

/** All that the tables have, as text. */
const plainTextOf = async ({ pool }: Place): Promise<string> => {
  const { rows } = await pool.query(
    `SELECT to_jsonb(connection) AS row FROM connections.connection UNION ALL SELECT to_jsonb(change) FROM connections.change
     UNION ALL SELECT jsonb_build_object('text', encode(sealed, 'escape'), 'name', name) FROM connections.secret`,
  );
  return JSON.stringify(rows);
};

describe('secrets', () => {
  it('come back to the worker alone, and stand nowhere in plain text', async () => {
    const secrets = { key: secret, webhookSecret: 'whsec' };
    await connections.add({ ...shop('locked'), secrets }, by);
    expect(await connections.secretsOf('locked')).toEqual(secrets);
    const change = { settings: undefined, secrets: { key: 'Z'.repeat(32) }, revision: 0 };
    expect(await connections.change('locked', change, by)).toMatchObject({ connection: { revision: 1 } });
    expect(await connections.secretsOf('locked')).toEqual({ ...secrets, key: 'Z'.repeat(32) });
    const stored = await plainTextOf(place);
    expect(stored).toContain('shop.example');
    expect(stored).not.toMatch(new RegExp(`${secret}|whsec|ZZZZ`, 'u'));
  });

  it('control: what does stand in plain text is found', async () => {
    await connections.add({ ...shop('told'), settings: { url: `https://${secret.toLowerCase()}.example` } }, by);
    expect(await plainTextOf(place)).toContain(secret.toLowerCase());
  });

  it('of a data folder have a key that its owner alone reads, and that is made once', async () => {
    const file = join(place.folder, 'channel-secrets.key');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    const again = await Promise.all(Array.from({ length: 5 }, () => open(place)));
    expect(await readFile(file, 'utf8')).toBe(text);
    for (const { connections: other } of again) expect(await other.secretsOf('locked')).toHaveProperty('webhookSecret');
  });

  it('cannot be kept without a key, and the channel is not added', async () => {
    const ours = await newPlace();
    const { connections: keyless } = await open(ours, { databaseUrl: ours.database.url });
    await expect(keyless.add(shop('web'), by)).rejects.toThrow(
      expect.objectContaining({ code: 'secrets_key_missing' }),
    );
    expect(await keyless.find('web')).toBeUndefined();
  });

  it('get a new key by a start with both, again and again; a wrong one is told and opens nothing', async () => {
    const ours = await newPlace();
    const [first, second] = [newKey(), newKey()];
    const { connections: before } = await open(ours, { channelSecretsKey: first });
    await before.add(shop('web'), by);
    const wrong = await open(ours, { channelSecretsKey: second });
    await expect(wrong.connections.secretsOf('web')).rejects.toThrow(
      expect.objectContaining({ code: 'secrets_key_wrong' }),
    );
    expect(wrong.alerts).toMatchObject([{ channel: 'web', code: 'secrets_locked', level: 'page' }]);
    await writeFile(join(ours.folder, 'key'), `${second}\n`);
    const rotating = { channelSecretsKeyFile: join(ours.folder, 'key'), channelSecretsKeyOld: first };
    for (const at of [1, 2]) {
      const rotated = await open(ours, rotating);
      expect([at, rotated.alerts]).toEqual([at, []]);
      expect(await rotated.connections.secretsOf('web')).toEqual({ key: secret });
    }
    const after = await open(ours, { channelSecretsKey: second });
    expect([wrong.settled, after.settled]).toEqual([[], ['web secrets_locked']]);
    expect(await after.connections.secretsOf('web')).toEqual({ key: secret });
    expect([...wrong.lines, ...after.lines].join('')).not.toContain(secret);
  });
});

describe('a copy of the database', () => {
  /** A live, a paused and an idle channel, and a copy of them with the same key. */
  const copied = async (instanceId?: string): Promise<{ ours: Place; copy: Place; channelSecretsKey: string }> => {
    const ours = await newPlace();
    const channelSecretsKey = newKey();
    const { connections: of } = await open(ours, { channelSecretsKey, instanceId });
    for (const channel of ['live', 'waits', 'idle']) await of.add(shop(channel), by);
    await climb(of, 'live', 'live');
    await climb(of, 'waits', 'shadow');
    await of.pauseBy('waits', by);
    await ours.pool.end();
    const copy = await placeOn(await copyDatabase(ours.database));
    const pool = createPool({ url: ours.database.url, applicationName: 'test', max: 5 });
    const again = { ...ours, pool };
    places.splice(places.indexOf(ours), 1, again);
    return { ours: again, copy, channelSecretsKey };
  };

  it('has every channel paused until a person resumes it; the original and its next starts have not', async () => {
    const { ours, copy, channelSecretsKey } = await copied();
    for (const start of [1, 2]) {
      const { connections: of, alerts } = await open(copy, { channelSecretsKey });
      expect([start, alerts.map(({ channel, code }) => [channel, code])]).toEqual([
        start,
        [
          ['live', 'clone_paused'],
          ['waits', 'clone_paused'],
        ],
      ]);
      expect(await of.find('live')).toMatchObject({ ladder: { rung: 'paused' }, pausedFor: 'clone', revision: 5 });
      expect(await of.find('waits')).toMatchObject({ pausedFor: 'clone' });
      expect(await of.find('idle')).toMatchObject({ ladder: { rung: 'off' } });
    }
    const { connections: of } = await open(copy, { channelSecretsKey });
    await of.resume('live', by);
    const later = await open(copy, { channelSecretsKey });
    expect(await later.connections.find('live')).toMatchObject({ ladder: { rung: 'live' }, pausedFor: undefined });
    expect(later.alerts.map(({ channel }) => channel)).toEqual(['waits']);

    const original = await open(ours, { channelSecretsKey });
    expect(original.alerts).toEqual([]);
    expect(await original.connections.find('live')).toMatchObject({ ladder: { rung: 'live' } });
  });

  it('control: one whose configuration was copied along is not seen, and writes', async () => {
    const { copy, channelSecretsKey } = await copied('the same');
    const { connections: of, alerts } = await open(copy, { channelSecretsKey, instanceId: 'the same' });
    expect(await of.find('live')).toMatchObject({ ladder: { rung: 'live' } });
    expect(alerts).toEqual([]);
  });

  it('is known by its folder, whatever was copied into it', async () => {
    const ours = await newPlace();
    const { connections: of } = await open(ours);
    await of.add(shop('web'), by);
    await climb(of, 'web', 'live');
    expect(await (await open(ours)).connections.find('web')).toMatchObject({ ladder: { rung: 'live' } });
    const copy = await mkdtemp(join(tmpdir(), 'channels-'));
    await cp(ours.folder, copy, { recursive: true, preserveTimestamps: true });
    const { connections: other } = await open({ ...ours, folder: copy });
    expect(await other.find('web')).toMatchObject({ pausedFor: 'clone' });
    expect(await other.secretsOf('web')).toEqual({ key: secret });
    await rm(copy, { recursive: true });
  });

  it.each([
    ['another name', { instanceId: 'staging' }],
    ['another purpose', { environment: 'staging' }],
    ['another place', { databaseUrl: 'postgres://u:p@other:5432/ledger' }],
  ])('is known by %s', async (_by, config) => {
    const ours = await newPlace();
    const channelSecretsKey = newKey();
    const { connections: of } = await open(ours, { channelSecretsKey });
    await of.add(shop('web'), by);
    await climb(of, 'web', 'live');
    const same = await open(ours, { channelSecretsKey });
    expect(await same.connections.find('web')).toMatchObject({ ladder: { rung: 'live' } });
    const other = await open(ours, { channelSecretsKey, ...config });
    expect(await other.connections.find('web')).toMatchObject({ pausedFor: 'clone' });
    expect(other.lines.join('')).toContain('paused');
    expect(other.lines.join('')).not.toContain('u:p');
  });
});
