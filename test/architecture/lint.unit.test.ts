import { join } from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokenTree, plantTree, repository } from './broken-tree.js';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `  n += ${i};`).join('\n');
const functionOf = (count: number): string =>
  `export const f = (): number => {\n  let n = 0;\n${lines(count)}\n  return n;\n};\n`;
const testOf = (count: number): string =>
  `import { describe, expect, it } from 'vitest';\ndescribe('x', () => {\n${'  it.todo("y");\n'.repeat(80)}  it('z', () => {\n    let n = 0;\n${lines(count)}\n    expect(n).toBe(1);\n  });\n});\n`;

const globals = 'no-restricted-globals';

/** Each file breaks one rule, and the sentence says how. */
const broken: readonly { says: string; file: string; text: string; rule: string }[] = [
  {
    says: 'the date in a pure lib',
    file: 'libs/stock/src/a.ts',
    text: 'export const a = new Date();\n',
    rule: globals,
  },
  {
    says: 'Date.now in a pure lib',
    file: 'libs/atp/src/a.ts',
    text: 'export const a = Date.now();\n',
    rule: 'no-restricted-properties',
  },
  {
    says: 'a deadline that is lost',
    file: 'apps/ledger/src/e.ts',
    text: 'export const a = AbortSignal.any([AbortSignal.timeout(1)]);\n',
    rule: 'no-restricted-properties',
  },
  {
    says: 'a deadline that is lost in the kernel',
    file: 'libs/event-sourcing/src/c.ts',
    text: 'export const a = AbortSignal.any([AbortSignal.timeout(1)]);\n',
    rule: 'no-restricted-properties',
  },
  {
    says: 'random in a pure lib',
    file: 'libs/orders/src/a.ts',
    text: 'export const a = Math.random();\n',
    rule: 'no-restricted-properties',
  },
  {
    says: 'process in the kernel',
    file: 'libs/event-sourcing/src/a.ts',
    text: 'export const a = process.pid;\n',
    rule: globals,
  },
  {
    says: 'a timer in the kernel',
    file: 'libs/event-sourcing/src/b.ts',
    text: 'setTimeout(() => undefined, 1);\nexport {};\n',
    rule: globals,
  },
  {
    says: 'console in a pure lib',
    file: 'libs/policies/src/b.ts',
    text: "console.log('a');\nexport {};\n",
    rule: globals,
  },
  {
    says: 'fetch in a pure lib',
    file: 'libs/policies/src/a.ts',
    text: "export const a = fetch('a');\n",
    rule: globals,
  },
  {
    says: 'crypto in a pure lib',
    file: 'libs/stock/src/b.ts',
    text: 'export const a = crypto.randomUUID();\n',
    rule: globals,
  },
  {
    says: 'performance in a pure lib',
    file: 'libs/stock/src/c.ts',
    text: 'export const a = performance.now();\n',
    rule: globals,
  },
  {
    says: 'a module of Node in a pure lib',
    file: 'libs/stock/src/d.ts',
    text: "import { EOL } from 'node:os';\nexport const a = EOL;\n",
    rule: '@typescript-eslint/no-restricted-imports',
  },
  {
    says: "the date in WooCommerce's model of local effects",
    file: 'libs/connectors/woocommerce/src/effects/a.ts',
    text: 'export const a = new Date();\n',
    rule: globals,
  },
  {
    says: 'the date in the model of local effects',
    file: 'libs/connectors/prestashop/src/effects/a.ts',
    text: 'export const a = new Date();\n',
    rule: globals,
  },
  {
    says: 'console in an app',
    file: 'apps/ledger/src/a.ts',
    text: "console.log('a');\nexport {};\n",
    rule: 'no-console',
  },
  {
    says: 'a function of more than 70 lines',
    file: 'apps/ledger/src/b.ts',
    text: functionOf(71),
    rule: 'max-lines-per-function',
  },
  {
    says: 'a test of more than 70 lines',
    file: 'apps/ledger/src/b.unit.test.ts',
    text: testOf(71),
    rule: 'ledger/max-lines-per-function',
  },
  {
    says: 'any',
    file: 'apps/ledger/src/c.ts',
    text: 'export const a = (b: any): unknown => b;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    says: 'a promise that nobody awaits',
    file: 'apps/ledger/src/d.ts',
    text: 'const a = async (): Promise<void> => Promise.resolve();\na();\nexport {};\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    says: 'a forgotten case, though there is a default',
    file: 'libs/stock/src/e.ts',
    text: "export const a = (b: 'x' | 'y'): number => {\n  switch (b) {\n    case 'x':\n      return 1;\n    default:\n      return 2;\n  }\n};\n",
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  {
    says: 'a type imported as a value',
    file: 'libs/stock/src/f.ts',
    text: "import { T } from './types.js';\nexport const a: T = 1;\n",
    rule: '@typescript-eslint/consistent-type-imports',
  },
];

const sound: Readonly<Record<string, string>> = {
  'libs/stock/src/types.ts': 'export type T = number;\n',
  'libs/stock/src/index.ts':
    "import type { T } from './types.js';\n\nexport const a = (now: T): T => Math.max(now, 1);\n",
  'libs/stock/src/clock.unit.test.ts': 'export const now = Date.now();\n',
  'apps/ledger/src/index.ts': functionOf(60),
  'apps/ledger/src/index.unit.test.ts': testOf(60),
};

describe('lint', () => {
  let tree: BrokenTree;
  let rulesBrokenBy: Map<string, string[]>;

  beforeAll(async () => {
    tree = await plantTree({ ...sound, ...Object.fromEntries(broken.map(({ file, text }) => [file, text])) });
    const eslint = new ESLint({
      cwd: tree.root,
      overrideConfigFile: join(repository, 'eslint.config.js'),
      overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { tsconfigRootDir: tree.root } } },
    });
    const results = await eslint.lintFiles(['apps', 'libs']);
    rulesBrokenBy = new Map(
      results.map(({ filePath, messages }) => [filePath, messages.map(({ ruleId, message }) => ruleId ?? message)]),
    );
  });

  afterAll(() => tree.remove());

  it.each(broken)('stops $says', ({ file, rule }) => {
    expect(rulesBrokenBy.get(join(tree.root, file))).toContain(rule);
  });

  it.each(Object.keys(sound))('lets %s pass', (file) => {
    expect(rulesBrokenBy.get(join(tree.root, file))).toEqual([]);
  });
});
