/**
 * Builds when dist is missing or older than anything it is made of, so that `npm start` never runs old code and never
 * waits for a build it does not need. A deleted file shows in the time of its folder.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist/.built');
const inputs = ['apps', 'libs', 'test', '.swcrc', 'nest-cli.json', 'package-lock.json', 'tsconfig.json'];
const notBuilt = new Set(['node_modules', 'console']);

const timeOf = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

const newestUnder = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(path).filter((name) => !notBuilt.has(name));
  return names.reduce((newest, name) => Math.max(newest, newestUnder(join(path, name))), stat.mtimeMs);
};

const isStale = () => {
  const builtAt = timeOf(stamp);
  return builtAt === undefined || inputs.some((input) => newestUnder(join(root, input)) > builtAt);
};

const hasSources = () => timeOf(join(root, 'libs')) !== undefined;

if (hasSources() && isStale()) {
  const startedAt = new Date();
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  // Its messages go to stderr: stdout belongs to what runs next.
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
}
