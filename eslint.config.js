import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import maxLinesPerTestFunction from './tools/eslint/max-lines-per-test-function.js';

/** The domain and its kernel: what happens there follows from the arguments alone, on every machine and at every time. */
export const pureLibs = ['event-sourcing', 'stock', 'atp', 'orders', 'observations', 'policies'];

/** What a connector knows of its system without asking it, and the protocol that all of them follow. */
const pureFolders = [
  ...['prestashop', 'woocommerce'].map((connector) => `libs/connectors/${connector}/src/effects`),
  ...['feed', 'settings', 'order', 'row', 'push', 'drift', 'pace', 'ladder'].map(
    (folder) => `libs/channel-kit/src/${folder}`,
  ),
];

const take = (what) => `A pure lib asks nobody: take ${what} as an argument.`;
const clock = take("the time, or event-sourcing's Clock,");
const impureGlobals = {
  Date: clock,
  performance: clock,
  setTimeout: clock,
  setInterval: clock,
  setImmediate: clock,
  clearTimeout: clock,
  clearInterval: clock,
  clearImmediate: clock,
  queueMicrotask: clock,
  process: take('what you need of it'),
  console: 'A pure lib prints nothing: return what happened; the app that calls you logs it.',
  fetch: 'A pure lib reaches nothing: say what you need as a port; an adapter outside the domain fetches it.',
  crypto: take("event-sourcing's Digest or Random"),
  Buffer: 'A pure lib runs anywhere: use Uint8Array and TextEncoder.',
  globalThis: take('what you need of it'),
  global: take('what you need of it'),
};

/** Node 20 collects the timers among its sources. */
const lostDeadlines = {
  ...{ object: 'AbortSignal', property: 'any' },
  message: 'It loses deadlines: give the work its time and signals with within() of #deadline.',
};

const maxLines = { max: 70, skipBlankLines: true, skipComments: true };
const tests = ['**/*.test.ts'];
const testSupport = ['libs/testing/**', 'test/**', 'tools/**'];

export default defineConfig(
  globalIgnores(['dist', '.fences-*', 'coverage', 'data', 'apps/console', 'modules']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Over a string it would count characters in another way.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nest's modules and marker classes are empty and static by design.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The options of Nest are classes that are meant to be given as literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // It asks for the very assertion that no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // An index signature is read with brackets, so that a typing error in a declared name stays an error.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    },
  },
  {
    rules: {
      'max-lines-per-function': ['error', maxLines],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-properties': ['error', lostDeadlines],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  {
    files: [...pureLibs.map((lib) => `libs/${lib}/src`), ...pureFolders].map((folder) => `${folder}/**/*.ts`),
    ignores: tests,
    rules: {
      'no-restricted-globals': [
        'error',
        ...Object.entries(impureGlobals).map(([name, message]) => ({ name, message })),
      ],
      'no-restricted-properties': [
        'error',
        lostDeadlines,
        { object: 'Math', property: 'random', message: take("event-sourcing's Random") },
        { object: 'Date', property: 'now', message: clock },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex:
                '^(node:|(fs|path|os|crypto|http|https|net|util|events|stream|timers|child_process|worker_threads)(/|$))',
              message: 'A pure lib runs anywhere, with no Node in it: take what you need as an argument.',
            },
          ],
        },
      ],
    },
  },
  {
    files: tests,
    plugins: { ledger: { rules: { 'max-lines-per-function': maxLinesPerTestFunction } } },
    rules: {
      'max-lines-per-function': 'off',
      'ledger/max-lines-per-function': ['error', maxLines],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['apps/cli/**', ...testSupport], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(['process', 'console', 'URL', 'setTimeout'].map((name) => [name, 'readonly'])),
    },
    rules: { 'no-console': 'off' },
  },
);
