import { describe, expect, it } from 'vitest';
import { filesNamed, read } from './markdown.js';
import { isTitleIn } from './titles.js';

type Named = { readonly file: string; readonly title: string };
type Guarantee = { readonly name: string; readonly held: readonly Named[]; readonly seenToFail: readonly Named[] };

const namedIn = (text: string): Named[] =>
  [...text.matchAll(/^- \[([^\]]+)\]\(\.\.\/\1\): `([^`]+)`$/gmu)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));

/** A section of its own, with a test of its own. */
const knownBugs = 'Twenty known hard bugs';

const guaranteesOf = (markdown: string): Guarantee[] =>
  markdown
    .split(/^## /mu)
    .slice(1)
    .filter((section) => !section.startsWith(knownBugs))
    .map((section) => {
      const [before = '', controls = ''] = section.split('\nSeen to fail by\n');
      return { name: section.split('\n')[0] ?? '', held: namedIn(before), seenToFail: namedIn(controls) };
    });

const isMissing = ({ file, title }: Named): boolean => !isTitleIn(read(file), title);

const guarantees = guaranteesOf(read('docs/CORRECTNESS.md'));

describe('every guarantee', () => {
  it('is listed', () => expect(guarantees.length).toBeGreaterThan(10));

  it.each(guarantees)('has tests that exist, and a control: $name', ({ held, seenToFail }) => {
    expect([held.length, seenToFail.length].every((count) => count > 0)).toBe(true);
    expect([...held, ...seenToFail].filter(isMissing)).toEqual([]);
  });

  it('names only files that are tests', () => {
    const tests = new Set(filesNamed(/\.(unit|int|e2e|faults)\.test\.ts$/u));
    const files = guarantees.flatMap(({ held, seenToFail }) => [...held, ...seenToFail]).map(({ file }) => file);
    expect(files.filter((file) => !tests.has(file))).toEqual([]);
  });

  it('is read whole: every line of a list names a test', () => {
    const lines = read('docs/CORRECTNESS.md').match(/^- .*$/gmu) ?? [];
    expect(lines).toHaveLength(guarantees.flatMap(({ held, seenToFail }) => [...held, ...seenToFail]).length);
  });
});

describe('control: a title', () => {
  const source = `// is only said\nit('is there', () => {});\nit.each(rows)('is of %s', () => {});\n`;

  it.each(['is there', 'is of %s'])('that exists is found: %s', (title) => expect(isTitleIn(source, title)).toBe(true));
  it.each(['is only said', 'is', 'there', 'is of'])('that does not is missed: %s', (title) =>
    expect(isTitleIn(source, title)).toBe(false),
  );
});

/** Names that were agreed on before the tests were written. */
const agreed = [
  'scenario 2',
  'scenario 4',
  'a refused cart retried under its own id',
  'an expired hold beside a large request',
  'a short location that owes',
  "a crash between an order's append and its SKUs'",
  "a till's sale from before the weekend",
  'a line corrected to another SKU',
];

it.each(agreed)('the hard case has a test of its name: %s', (name) => {
  expect(guarantees.flatMap(({ held }) => held).map(({ title }) => title)).toContain(name);
});
