import swc from 'unplugin-swc';
import { configDefaults, defineConfig } from 'vitest/config';

/** Cross-lib imports (`#stock`) mean the sources here and the built files under dist when Node runs them. */
const conditions = ['ledger:source', 'module', 'node', 'development|production'];

/** Where the counts of a run go, for .ci/run to sum. */
const report = process.env['STOCK_LEDGER_TEST_REPORT'];

/**
 * The suffix of a test file names its cost, and with it the project that runs it:
 *   *.unit.test.ts    nothing outside the process
 *   *.int.test.ts     a real PostgreSQL, a real Kafka
 *   *.e2e.test.ts     whole services on a real PostgreSQL
 *   *.faults.test.ts  the long ones: simulation and crashes (`npm run test:faults`)
 * There are no retries: a test that fails sometimes is a failing test. Bounds only end what would never end: a machine
 * that does much else takes ten times as long as one that does not.
 */
export default defineConfig({
  plugins: [swc.vite()],
  oxc: false,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    passWithNoTests: false,
    reporters: report === undefined ? ['default'] : ['default', 'json'],
    ...(report !== undefined && { outputFile: { json: report } }),
    exclude: [...configDefaults.exclude, 'dist/**', 'apps/console/**'],
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['tools/vitest/setup.ts'],
    expect: { poll: { timeout: 60_000 } },
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs,test}/**/*.unit.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['{apps,libs,test}/**/*.int.test.ts'],
          globalSetup: ['tools/vitest/postgres.ts', 'tools/vitest/kafka.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['{apps,libs,test}/**/*.e2e.test.ts'],
          globalSetup: ['tools/vitest/build.ts', 'tools/vitest/postgres.ts', 'tools/vitest/kafka.ts'],
          testTimeout: 480_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['{apps,libs,test}/**/*.faults.test.ts'],
          globalSetup: ['tools/vitest/build.ts', 'tools/vitest/postgres.ts', 'tools/vitest/kafka.ts'],
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
