import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** Files of the working tree that are not ignored, those that are not committed yet included. */
export const filesNamed = (pattern: RegExp): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
    .split('\0')
    .filter((path) => pattern.test(path) && existsSync(join(repository, path)));

export type Block = { readonly language: string; readonly text: string };

/** The fenced blocks of a document, in order. */
export const blocksOf = (markdown: string): Block[] =>
  [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gmu)].map(([, language = '', text = '']) => ({ language, text }));

/** The text outside of fenced blocks: what is shown there is no link and no name of ours. */
export const withoutBlocks = (markdown: string): string => markdown.replaceAll(/^```[\s\S]*?^```$/gmu, '');

/** From a heading to the next of the same depth. */
export const sectionOf = (markdown: string, heading: string): string => {
  const depth = heading.split(' ')[0] ?? '';
  const [, after] = markdown.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`No heading "${heading}"`);
  return after.split(`\n${depth} `)[0] ?? '';
};

/** The rows of every table, cells trimmed, heads and rules left out. */
export const tableRowsOf = (markdown: string): string[][] => {
  const lines = withoutBlocks(markdown).split('\n');
  return lines.flatMap((line, index) => {
    const isHead = isRule(lines[index + 1] ?? '');
    return line.startsWith('|') && !isRule(line) && !isHead ? [cellsOf(line)] : [];
  });
};

const isRule = (line: string): boolean => /^\|[\s|:-]+\|$/u.test(line);

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** What stands in backticks. */
export const codesOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code);
