import { adapters } from './adapters/index.js';
import { conform, usageOf } from './conformance.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const names = process.argv.slice(2);
if (names.some((name) => name.startsWith('-'))) {
  print(usageOf(adapters));
  process.exitCode = names.every((name) => name === '--help' || name === '-h') ? 0 : 2;
} else {
  const code = await conform({ names, adapters, env: process.env, print }).catch((error: unknown) => {
    process.stderr.write(`The server could not be asked.\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 1 as const;
  });
  // A client that goes on trying to reach a lost server shall not keep a finished run alive.
  process.exit(code);
}
