import type { Bench, Scale } from './bench.js';
import { environmentOf, type Environment } from './environment.js';
import type { Report } from './report.js';
import { createScope, type Scope } from './scope.js';
import { startBenchServer } from './server.js';

export type Ran = { readonly report: Report; readonly environment: Environment };

/**
 * Runs one bench on a server of its own: none pays for what another left behind. Everything that it started is stopped
 * before this resolves or rejects; `onScope` hands out what stops it earlier.
 */
export const runBench = async (
  bench: Bench,
  scale: Scale,
  say: (text: string) => void,
  onScope: (scope: Scope) => void = () => undefined,
): Promise<Ran> => {
  const scope = createScope(say);
  onScope(scope);
  try {
    say(`${bench.name}: starting PostgreSQL`);
    const server = await startBenchServer(scope);
    const environment = await environmentOf(server);
    const size = (full: number, tiny: number): number => (scale.smoke ? tiny : full);
    const report = await bench.run({ server, scale, size, scope, say });
    return { report, environment };
  } finally {
    await scope.close();
  }
};
