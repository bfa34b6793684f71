import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { folderOf } from '../../testing/folder.js';
import type { Module } from '../migrations/module.js';
import { createPool, type Pool } from '../pool.js';
import { provision } from './provision.js';
import { derivedPassword, passwordOf, urlAs, userOf } from './service-url.js';

let fixture: { readonly database: TestDatabase; readonly pool: Pool };
beforeAll(async () => {
  const database = await createDatabase();
  fixture = { database, pool: createPool({ url: database.url, applicationName: 'test pool', max: 25 }) };
});
afterAll(async () => {
  await fixture.pool.end();
  await fixture.database.drop();
});
/** Roles belong to the whole server: other files use the usual one at the same time. */
const serviceRole = `service_${process.pid}`;

const moduleOf = async (more: Readonly<Record<string, string>> = {}): Promise<Module> => ({
  name: 'toys',
  migrations: await folderOf(
    { '0001_a.sql': 'CREATE SCHEMA toys; CREATE TABLE toys.one (n serial)', ...more },
    onTestFinished,
  ),
  serviceWrites: ['toys'],
});
const provisioned = async (more: Readonly<Record<string, string>> = {}, servicePassword?: string) =>
  provision({
    ownerUrl: fixture.database.url,
    modules: [await moduleOf(more)],
    serviceRole,
    ...(servicePassword === undefined ? {} : { servicePassword }),
  });
const asService = async (url: string, text: string): Promise<unknown> => {
  const pool = createPool({ url, applicationName: 'test service', max: 1 });
  try {
    return (await pool.query(text)).rows;
  } finally {
    await pool.end();
  }
};

describe('provision', () => {
  it('gives the service rows and nothing else, those of later migrations included', async () => {
    const { serviceUrl, warning } = await provisioned();
    expect([userOf(serviceUrl), warning]).toEqual([serviceRole, undefined]);
    await asService(serviceUrl, 'INSERT INTO toys.one DEFAULT VALUES; UPDATE toys.one SET n = 2; DELETE FROM toys.one');
    for (const text of ['TRUNCATE toys.one', 'DROP TABLE toys.one', 'CREATE TABLE toys.two ()', 'CREATE SCHEMA mine'])
      await expect(asService(serviceUrl, text)).rejects.toMatchObject({ severity: 'ERROR' });
    await fixture.pool.query('CREATE TABLE toys.later (n serial)');
    await expect(asService(serviceUrl, 'INSERT INTO toys.later DEFAULT VALUES')).resolves.toEqual([]);
  });

  it('sets the password anew when it is another one, and leaves it alone when it is right', async () => {
    const { serviceUrl: derived } = await provisioned();
    const { serviceUrl: given } = await provisioned({}, 'p@ss/w:rd "quoted" \\ \u20ac');
    await expect(asService(given, 'SELECT 1 AS n')).resolves.toEqual([{ n: 1 }]);
    await expect(asService(derived, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('refuses to let the service be the owner, or somebody with more rights', async () => {
    const modules = [await moduleOf()];
    const ownerUrl = fixture.database.url;
    await expect(provision({ ownerUrl, modules, serviceRole: userOf(ownerUrl) })).rejects.toThrow('URL of the owner');
    const special = `special_${process.pid}`;
    await fixture.pool.query(`CREATE ROLE ${special} SUPERUSER`);
    await expect(provision({ ownerUrl, modules, serviceRole: special })).rejects.toThrow('superuser');
    await fixture.pool.query(`DROP ROLE ${special}`);
  });

  it('lets the service run as an owner who may not create roles, and says so', async () => {
    const owner = `plain_owner_${process.pid}`;
    const name = `plain_${process.pid}`;
    await fixture.pool.query(`CREATE ROLE ${owner} LOGIN PASSWORD 'secret'`);
    await fixture.pool.query(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`);
    const url = new URL(urlAs(fixture.database.url, owner, 'secret'));
    url.pathname = `/${name}`;
    const role = `nobody_made_${process.pid}`;
    const answer = await provision({ ownerUrl: url.href, modules: [await moduleOf()], serviceRole: role });
    expect(answer.serviceUrl).toBe(url.href);
    expect(answer.warning).toMatch(/may not create the role "nobody_made_\d+".*CREATE ROLE/);
    await fixture.pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await fixture.pool.query(`DROP ROLE ${owner}`);
  });
});

describe('the URL of the service', () => {
  it('is the owner\u2019s with another name, also over a socket', () => {
    const tcp = urlAs('postgres://owner:a%40b@host:5433/db?sslmode=require', 'service', 'x/y@z');
    expect([userOf(tcp), passwordOf(tcp)]).toEqual(['service', 'x/y@z']);
    expect(tcp).toContain('@host:5433/db?sslmode=require');
    const socket = urlAs('postgres:///db?host=/run/postgresql&user=owner', 'service', 'x/y@z');
    expect([userOf(socket), passwordOf(socket)]).toEqual(['service', 'x/y@z']);
  });

  it('has a password that follows from the owner\u2019s and does not give it away', () => {
    expect(derivedPassword('secret', 'a')).toBe(derivedPassword('secret', 'a'));
    expect(derivedPassword('secret', 'a')).not.toBe(derivedPassword('secret', 'b'));
    expect(derivedPassword('secret', 'a')).not.toContain('secret');
  });
});
