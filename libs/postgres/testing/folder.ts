import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A folder with these files; `onEnd` is told how to remove it (vitest's onTestFinished). Its URL ends with a slash. */
export const folderOf = async (
  files: Readonly<Record<string, string>>,
  onEnd: (remove: () => Promise<void>) => void,
): Promise<URL> => {
  const path = await mkdtemp(join(tmpdir(), 'stock-ledger-sql-'));
  onEnd(() => rm(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return pathToFileURL(`${path}/`);
};
