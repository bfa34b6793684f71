import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './broken-tree.js';

type Finding = string;

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8', maxBuffer: 1e9 })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(repository, path)));

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** A file with a zero byte is no text. */
const textFiles = tracked.filter((path) => !readFileSync(join(repository, path)).subarray(0, 8_000).includes(0));

const find = (files: readonly string[], pattern: RegExp, textOf: (path: string) => string = read): Finding[] =>
  files.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );

// Written in parts, so that this file does not find itself.
const oneOf = (...words: readonly (readonly string[])[]): string => words.map((parts) => parts.join('')).join('|');
const machinePath = new RegExp(
  `(^|[\\s'"\`(=:])/(${oneOf(['wo', 'rk'], ['ro', 'ot'], ['home/', '\\w+'], ['Us', 'ers'])})/`,
);
const registryHost = new RegExp(
  oneOf(['registry\\.', 'npmjs'], ['npm', '\\.pkg\\.'], ['artifact', 'ory'], ['verda', 'ccio']),
  'i',
);
const makers = new RegExp(
  `\\b(${oneOf(['cla', 'ude'], ['chat', 'gpt'], ['open', 'ai'], ['anth', 'ropic'], ['co', 'pilot'], ['LL', 'Ms?'], ['language ', 'model'], ['AI ', 'assistant'], ['co-authored', '-by'], ['(work|coding|this) ', 'session'])})\\b`,
  'i',
);

describe('text of the repository', () => {
  it('has no paths of a machine', () => expect(find(textFiles, machinePath)).toEqual([]));
  it('has no hosts of a package registry', () => expect(find(textFiles, registryHost)).toEqual([]));
  it('speaks of the project alone', () => expect(find(textFiles, makers)).toEqual([]));

  it.each([
    ['a path', machinePath, ['cd /wo', 'rk/main']],
    ['a registry', registryHost, ['https://registry.', 'npmjs.org/x']],
    ['a maker', makers, ['written by Cla', 'ude']],
  ])('control: finds %s', (_, pattern, parts) => {
    expect(find(['a.md'], pattern, () => parts.join(''))).toHaveLength(1);
  });
});

describe('tests', () => {
  const tests = tracked.filter(
    (path) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(path) && !path.startsWith('apps/console/'),
  );
  const leftOut = new RegExp(`\\b(it|test|describe)(\\.\\w+)*\\.(${oneOf(['on', 'ly'], ['sk', 'ip'])})\\b`);

  it('are named by their cost, or no project would run them', () => {
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((path) => !/^(apps|libs|test)\/.*\.(unit|int|e2e|faults)\.test\.ts$/.test(path))).toEqual([]);
  });

  it('are none of them left out', () => expect(find(tests, leftOut)).toEqual([]));

  it.each([
    ['it.on', 'ly('],
    ['describe.sk', 'ip('],
    ['it.concurrent.on', 'ly('],
  ])('control: finds %s%s', (...parts) => {
    expect(find(['a.test.ts'], leftOut, () => parts.join(''))).toHaveLength(1);
  });
});

describe('the event store', () => {
  const sources = tracked.filter((path) => /^(apps|libs)\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'));
  const appends = /\b(store|eventStore|events|log|inner)\)?\.append\(/i;
  const adapters = /^libs\/(event-store|testing)\//;

  it('is appended to in one place', () => {
    const places = new Set(
      find(
        sources.filter((path) => !adapters.test(path)),
        appends,
      ).map((finding) => finding.split(':')[0]),
    );
    expect([...places].filter((path) => !path?.startsWith('libs/event-sourcing/src/'))).toEqual([]);
    expect(places.size).toBeLessThanOrEqual(1);
  });

  it('control: an append elsewhere is found', () => {
    expect(find(['a.ts'], appends, () => 'await this.store.append(writes);')).toHaveLength(1);
  });
});
