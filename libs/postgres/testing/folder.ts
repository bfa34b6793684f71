import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

/** A folder with these files, gone when the test is. Its URL ends with a slash. */
export const folderOf = async (files: Readonly<Record<string, string>>): Promise<URL> => {
  const path = await mkdtemp(join(tmpdir(), 'stock-ledger-sql-'));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return pathToFileURL(`${path}/`);
};
