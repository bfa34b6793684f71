import { adapters } from './adapters/index.js';
import { argumentsOf } from './arguments.js';
import { conform, usageOf } from './conformance.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const asked = argumentsOf(process.argv.slice(2), process.env);
if (asked === undefined || asked.isHelp) {
  print(usageOf(adapters));
  process.exitCode = asked === undefined ? 2 : 0;
} else {
  const { names, env } = asked;
  const code = await conform({ names, adapters, env, print }).catch((error: unknown) => {
    process.stderr.write(`The server could not be asked.\n${error instanceof Error ? error.stack : String(error)}\n`);
    return 1 as const;
  });
  // A client that goes on trying to reach a lost server shall not keep a finished run alive.
  process.exit(code);
}
