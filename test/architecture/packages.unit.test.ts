import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './broken-tree.js';

type LockedPackage = {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
};
type Manifest = { readonly license?: string; readonly licenses?: readonly { readonly type: string }[] };

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(repository, path), 'utf8'));

const packages = Object.entries(
  (readJson('package-lock.json') as { packages: Record<string, LockedPackage> }).packages,
);

const allowed = new Set(['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD']);

/** Not on the list, read and found permissive, each with who brings it. */
const readAndFound: Readonly<Record<string, string>> = {
  // The licence of Python itself; js-yaml in @nestjs/swagger.
  'node_modules/argparse': 'Python-2.0',
  // Two of the list in one expression; google-protobuf in @eventstore/db-client.
  'node_modules/google-protobuf': '(BSD-3-Clause AND Apache-2.0)',
};

const licenceOf = ({ license, licenses }: Manifest): string =>
  license ?? licenses?.map(({ type }) => type).join(' AND ') ?? 'none';

const isAllowed = (path: string, licence: string): boolean => allowed.has(licence) || readAndFound[path] === licence;

describe('packages', () => {
  it('are locked without the address they came from', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('are under a permissive licence in production', () => {
    const production = packages.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);
    // The PostgreSQL of other platforms is not installed here; it is of the same family as the one that is.
    const installed = production.filter(([path, { optional }]) => !optional || existsSync(join(repository, path)));
    const others = installed
      .map(([path]) => [path, licenceOf(readJson(`${path}/package.json`) as Manifest)] as const)
      .filter(([path, licence]) => !isAllowed(path, licence));
    expect(installed.length).toBeGreaterThan(0);
    expect(others).toEqual([]);
  });

  it('control: a copyleft or an unknown licence is found', () => {
    expect(isAllowed('node_modules/x', 'GPL-3.0-only')).toBe(false);
    expect(isAllowed('node_modules/x', licenceOf({}))).toBe(false);
  });
});
