import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '#testing/postgres';
import { folderOf } from '../../testing/folder.js';
import { provision } from '../provision/provision.js';
import { createPool } from '../pool.js';
import type { Module } from './module.js';

const first = {
  '0001_make.sql': 'CREATE SCHEMA toys; CREATE TABLE toys.toy (name text); INSERT INTO toys.toy VALUES (1)',
};
const second = { '0002_more.sql': 'INSERT INTO toys.toy VALUES (2); INSERT INTO toys.toy VALUES (3);' };

const moduleOf = async (files: Readonly<Record<string, string>>): Promise<Module> => ({
  name: 'toys',
  migrations: await folderOf(files, onTestFinished),
  serviceWrites: ['toys'],
});

let ownerUrl: string;
beforeAll(async () => {
  const database = await createDatabase();
  ownerUrl = database.url;
  return () => database.drop();
});

const fresh = async (): Promise<void> => {
  await asOwner('DROP SCHEMA IF EXISTS toys CASCADE; DROP SCHEMA IF EXISTS migrations CASCADE');
};
const asOwner = async (text: string): Promise<readonly { name: string }[]> => {
  const pool = createPool({ url: ownerUrl, applicationName: 'test', max: 1 });
  const { rows } = await pool.query<{ name: string }>(text);
  await pool.end();
  return rows;
};
const install = async (files: Readonly<Record<string, string>>) =>
  provision({ ownerUrl, modules: [await moduleOf(files)] });
const toys = () => asOwner('SELECT name FROM toys.toy ORDER BY name');

describe('migrations', () => {
  it('are applied once, in order, each new one at the next start', async () => {
    await fresh();
    await install(first);
    await install(first);
    expect(await toys()).toHaveLength(1);
    await install({ ...first, ...second });
    expect(await toys()).toEqual([{ name: '1' }, { name: '2' }, { name: '3' }]);
  });

  it('are applied once by twenty installers at the same time', async () => {
    await fresh();
    const answers = await Promise.all(Array.from({ length: 20 }, () => install({ ...first, ...second })));
    expect(new Set(answers.map(({ serviceUrl }) => serviceUrl)).size).toBe(1);
    expect(answers.filter(({ warning }) => warning !== undefined)).toEqual([]);
    expect(await toys()).toHaveLength(3);
  });

  it('that were applied with another text are refused', async () => {
    await fresh();
    await install(first);
    const changed = { '0001_make.sql': `${first['0001_make.sql']} -- only a comment` };
    await expect(install(changed)).rejects.toThrow(/Migration 1 \(make\) of "toys" was applied with another text/);
  });

  it('of a newer program are refused', async () => {
    await fresh();
    await install({ ...first, ...second });
    await expect(install(first)).rejects.toThrow(/has 2 migrations of "toys", this program knows 1/);
  });

  it('that fail leave nothing behind, and what came before stays', async () => {
    await fresh();
    await expect(install({ ...first, '0002_bad.sql': `${second['0002_more.sql']} SELECT 1/0` })).rejects.toThrow('bad');
    expect(await toys()).toHaveLength(1);
    await install({ ...first, ...second });
    expect(await toys()).toHaveLength(3);
  });

  it.each([
    ['a gap', { '0001_a.sql': '', '0003_c.sql': '' }],
    ['a double', { '0001_a.sql': '', '0001_b.sql': '' }],
    ['a name that says nothing', { '1.sql': '' }],
  ])('refuses %s in the numbers', async (_, files) => {
    await fresh();
    await expect(install(files)).rejects.toThrow(/migration/);
  });
});
