import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { problemCodes } from './codes.js';
import { renderProblemTable } from './render-table.js';

const repository = new URL('../../../../', import.meta.url);

/** The cells of a table's rows, however wide a formatter has made the columns. */
const rowsOf = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

it('docs/errors.md has a row for each code that the source declares, as it declares it', async () => {
  const document = await readFile(new URL('docs/errors.md', repository), 'utf8');
  expect(rowsOf(document)).toEqual(rowsOf(renderProblemTable()));
  expect(rowsOf(document)).toHaveLength(Object.keys(problemCodes).length);
});

it('control: a code that is missing, or says something else, is seen', () => {
  const [first = '', ...others] = renderProblemTable().split('\n').slice(2);
  const declared = rowsOf([first, ...others].join('\n'));
  expect(rowsOf(others.join('\n'))).not.toEqual(declared);
  expect(rowsOf([first.replace('400', '422'), ...others].join('\n'))).not.toEqual(declared);
});

/** What the services are made of, without tests and without the table itself. */
const sources = async (): Promise<string> => {
  const texts: string[] = [];
  for (const folder of ['apps', 'libs']) {
    const files = await readdir(new URL(folder, repository), { recursive: true });
    const wanted = files.filter(
      (file) => file.endsWith('.ts') && !/\.test\.ts$|problem\/codes(?:\/\w+)?\.ts$|dist/u.test(file),
    );
    texts.push(
      ...(await Promise.all(wanted.map((file) => readFile(new URL(`${folder}/${file}`, repository), 'utf8')))),
    );
  }
  return texts.join('\n');
};

it('no code is declared that nothing answers', async () => {
  const text = await sources();
  const unused = (codes: readonly string[]): string[] => codes.filter((code) => !text.includes(`'${code}'`));
  expect(unused(Object.keys(problemCodes))).toEqual([]);
  // Control: a code that nothing answers is seen
  expect(unused(['a_code_of_nobody'])).toEqual(['a_code_of_nobody']);
});
