import { describe, expect, it, onTestFinished } from 'vitest';
import { folderOf } from '../testing/folder.js';
import { loadStatements, prepared } from './statements.js';

describe('a folder of statements', () => {
  it('is read by name', async () => {
    const folder = await folderOf(
      { 'find-all.sql': 'SELECT 1', 'find-one.sql': 'SELECT 2', 'notes.md': '' },
      onTestFinished,
    );
    const sql = loadStatements(folder, ['find-all', 'find-one']);
    expect(sql['find-one'].text).toBe('SELECT 2');
    expect(prepared(sql['find-one'], [7])).toMatchObject({ text: 'SELECT 2', values: [7] });
  });

  it('gives other texts other names, and names that PostgreSQL does not cut', async () => {
    const long = 'a'.repeat(80);
    const [one, two] = await Promise.all(
      ['SELECT 1', 'SELECT 2'].map((text) => folderOf({ [`${long}.sql`]: text }, onTestFinished)),
    );
    const names = [one!, two!].map((folder) => loadStatements(folder, [long])[long]!.name);
    expect(new Set(names).size).toBe(2);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThan(64);
  });

  it.each([
    ['a name without a file', ['find-all', 'gone']],
    ['a file without a name', []],
  ])('refuses %s', async (_, names) => {
    const folder = await folderOf({ 'find-all.sql': 'SELECT 1' }, onTestFinished);
    expect(() => loadStatements(folder, names)).toThrow(/without a file or without a name/);
  });
});
