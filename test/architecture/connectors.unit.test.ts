import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './broken-tree.js';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** Code that runs in production: not tests, and not what only they share. */
const isSource = (path: string): boolean =>
  /^(apps|libs)\/.*\.([cm]?[jt]sx?|sql|css|html)$/u.test(path) &&
  !/\.test\.[cm]?tsx?$|\/testing\/|^libs\/testing\//u.test(path);

const sources = execFileSync('git', ['ls-files', '-z', 'apps', 'libs'], { cwd: repository, encoding: 'utf8' })
  .split('\0')
  .filter((path) => isSource(path) && existsSync(join(repository, path)));

const connectors = readdirSync(join(repository, 'libs/connectors'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const kinds = 'apps/channels/src/connections/kinds';

/** Where a system may be named: its connector, and where that is registered. */
const isOf = (connector: string, path: string): boolean =>
  path.startsWith(`libs/connectors/${connector}/`) || [`${kinds}/${connector}.ts`, `${kinds}/kinds.ts`].includes(path);

const namings = (
  connector: string,
  paths: readonly string[] = sources,
  textOf: (path: string) => string = read,
): readonly string[] =>
  paths
    .filter((path) => !isOf(connector, path))
    .flatMap((path) =>
      `${path}\n${textOf(path)}`
        .split('\n')
        .flatMap((line, at) => (line.toLowerCase().includes(connector) ? [`${path}:${at}: ${line.trim()}`] : [])),
    );

describe('what is common to shops', () => {
  it('is read, and there are two of them at least', () => {
    expect(sources.length).toBeGreaterThan(500);
    expect(connectors.length).toBeGreaterThanOrEqual(2);
  });

  it.each(connectors)(
    'does not know %s: what one system alone does belongs to its connector, what two do to channel-kit by another name',
    (connector) => expect(namings(connector)).toEqual([]),
  );

  it.each([
    ['libs/channel-kit/src/push/target.ts', 'if (kind === "PrestaShop") return 0;'],
    ['libs/channel-kit/src/push/prestashop-target.ts', ''],
    ['libs/connectors/woocommerce/src/index.ts', '// as in prestashop'],
    [`${kinds}/woocommerce.ts`, "import { prestashopKind } from './prestashop.js';"],
  ])('control: a name in %s is found', (path, text) => {
    expect(namings('prestashop', [path], () => text)).toHaveLength(1);
  });

  it.each(['libs/connectors/prestashop/src/index.ts', `${kinds}/prestashop.ts`, `${kinds}/kinds.ts`])(
    'control: a name in %s is none',
    (path) => expect(namings('prestashop', [path], () => 'prestashop')).toEqual([]),
  );
});

/** A connector has so many lines without its tests: what is more is mostly common to shops. */
const linesMax = 1_200;

/** Those that have more, with what they have. These may only fall: lower them with the connector. */
const linesOfLarge: Readonly<Record<string, number>> = { prestashop: 2_999 };

/** So much less, and the bound is one no more. */
const slackMax = 50;

const linesIn = (path: string): number => read(path).split('\n').length - 1;

const linesOf = (connector: string): number =>
  sources
    .filter((path) => path.startsWith(`libs/connectors/${connector}/`))
    .reduce((sum, path) => sum + linesIn(path), 0);

const misfitOf = (lines: number, bound: number | undefined): string | undefined => {
  if (lines > (bound ?? linesMax)) return 'grew: move what is common to shops to channel-kit or shop-http';
  if (bound === undefined) return undefined;
  if (lines <= linesMax) return 'is small enough: take it off the list';
  return lines < bound - slackMax ? `shrank: lower its bound to ${lines}` : undefined;
};

describe('a connector without its tests', () => {
  it.each(connectors.map((connector) => [connector, linesOf(connector), linesOfLarge[connector] ?? linesMax] as const))(
    'has lines: %s %i of %i',
    (connector, lines) => expect(misfitOf(lines, linesOfLarge[connector])).toBeUndefined(),
  );

  it('is on the list only where there is one', () => {
    expect(Object.keys(linesOfLarge).filter((connector) => !connectors.includes(connector))).toEqual([]);
  });

  it.each([
    [linesMax + 1, undefined, /^grew/u],
    [3_001, 3_000, /^grew/u],
    [linesMax, 3_000, /^is small enough/u],
    [2_000, 3_000, /^shrank/u],
  ])('control: %i lines where %s are allowed do not fit', (lines, bound, why) => {
    expect(misfitOf(lines, bound)).toMatch(why);
  });

  it('control: what fits is left alone', () => {
    expect([misfitOf(linesMax, undefined), misfitOf(2_960, 3_000)]).toEqual([undefined, undefined]);
  });
});
