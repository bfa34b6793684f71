import { describe, expect, it } from 'vitest';
import { codesOf, filesNamed, read, sectionOf, tableRowsOf } from './markdown.js';

type Row = { readonly folder: string; readonly imports: string };

const rows: Row[] = tableRowsOf(sectionOf(read('docs/ARCHITECTURE.md'), '## Parts')).map(
  ([folder = '', , imports = '']) => ({
    folder: codesOf(folder)[0] ?? '',
    imports,
  }),
);

const sources = filesNamed(/^(apps|libs)\/.*\.ts$/u);
const folderOf = (path: string): string =>
  /^(?:libs\/(?:event-store|connectors)\/[^/]+|libs\/messaging\/(?!src\/)[^/]+|(?:apps|libs)\/[^/]+)/u.exec(
    path,
  )?.[0] ?? '';

/** What a folder imports of ours by name, tests and what only tests share left out. */
const importsOf = (folder: string): string[] => {
  const own = sources.filter(
    (path) => path.startsWith(`${folder}/src/`) && !path.endsWith('.test.ts') && !path.includes('/testing/src/'),
  );
  return [...new Set(own.flatMap((path) => importedIn(read(path))))];
};

const importedIn = (source: string): string[] => [...source.matchAll(/from '(#[^']+)'/gu)].map(([, name = '']) => name);

const mayImport = (allowed: string, name: string): boolean => {
  if (codesOf(allowed).includes(name)) return true;
  return name.startsWith('#apps/') ? allowed.includes('the entries of the apps') : allowed.startsWith('any lib');
};

describe('the table of parts', () => {
  it('names every folder under apps and libs, and no other', () => {
    expect(rows.map(({ folder }) => folder).sort()).toEqual([...new Set(sources.map(folderOf))].sort());
  });

  it.each(rows)('says what $folder may import', ({ folder, imports }) => {
    expect(importsOf(folder).filter((name) => !mayImport(imports, name))).toEqual([]);
  });

  it('control: an import that it does not name is seen', () => {
    expect(importsOf('libs/stock').filter((name) => !mayImport('`#event-sourcing`', name))).toEqual(['#atp']);
    expect(importedIn("import { x } from '#orders';\nimport type { Y } from '#stock';")).toEqual(['#orders', '#stock']);
    expect(mayImport('any lib', '#apps/ledger')).toBe(false);
  });
});

it('every decision has a number of its own, and a heading that begins with it', () => {
  const records = filesNamed(/^docs\/adr\/.*\.md$/u).sort();
  const numbers = records.map((path) => /\/(\d{4})-[a-z-]+\.md$/u.exec(path)?.[1]);
  expect(numbers).toEqual(records.map((_, index) => String(index + 1).padStart(4, '0')));
  expect(records.filter((path, index) => !read(path).startsWith(`# ${numbers[index]} `))).toEqual([]);
});
