import { describe, expect, it } from 'vitest';
import { read, sectionOf, tableRowsOf } from './markdown.js';
import { isTitleIn } from './titles.js';

type Named = { readonly file: string; readonly title: string };

const namedIn = (cell: string): readonly Named[] =>
  [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/\1\): `([^`]+)`/gu)].map(([, file = '', title = '']) => ({ file, title }));

const missingOf = (cell: string, readSource = read): readonly Named[] =>
  namedIn(cell).filter(({ file, title }) => !isTitleIn(readSource(file), title));

const rows = tableRowsOf(sectionOf(read('docs/CORRECTNESS.md'), '## Twenty known hard bugs'));

describe('the known hard bugs', () => {
  it('are all listed', () =>
    expect(rows.map(([number]) => Number(number))).toEqual([...Array(20).keys()].map((n) => n + 1)));

  it.each(rows)('%s, %s: is seen by tests that exist', (_, _bug, cell = '') => {
    expect(namedIn(cell).length).toBeGreaterThan(0);
    expect(missingOf(cell)).toEqual([]);
  });

  it('control: a test that does not exist is missed', () => {
    const cell = '[a.unit.test.ts](../a.unit.test.ts): `is there`<br>[a.unit.test.ts](../a.unit.test.ts): `is not`';
    expect(missingOf(cell, () => "it('is there', () => {});")).toEqual([{ file: 'a.unit.test.ts', title: 'is not' }]);
  });
});
