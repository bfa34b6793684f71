import { spawnSync } from 'node:child_process';

/** What the command said, line by line. */
export type Said = { readonly status: number | null; readonly lines: readonly string[]; readonly last: string };

/** `npm run conformance -- NAME...` as it is built, with this environment and nothing else of ours. */
export const runBuilt = (env: Readonly<Record<string, string>>, ...names: readonly string[]): Said => {
  const { status, stdout } = spawnSync(process.execPath, ['dist/test/conformance/main.js', ...names], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
  });
  const lines = stdout.trimEnd().split('\n');
  return { status, lines, last: lines.at(-1) ?? '' };
};
