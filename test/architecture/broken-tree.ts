import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');

export type BrokenTree = { readonly root: string; readonly remove: () => Promise<void> };

/**
 * A small copy of the house in a folder beside the real one, with files that break its rules: fences are tested by what
 * they stop. It lies in the repository so that packages resolve as they do for everybody else.
 */
export const plantTree = async (files: Readonly<Record<string, string>>): Promise<BrokenTree> => {
  const root = await mkdtemp(join(repository, '.fences-'));
  const manifest = await readFile(join(repository, 'package.json'), 'utf8');
  await writeFile(join(root, 'package.json'), manifest);
  await cp(join(repository, 'tsconfig.json'), join(root, 'tsconfig.json'));
  for (const folder of ['apps', 'libs', 'test', 'tools']) await mkdir(join(root, folder));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
};
