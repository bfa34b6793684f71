import { parseArgs } from 'node:util';

/** What `npm run recover -- ...` was asked for. */
export type RecoverOptions = { readonly json: boolean };

/** The command line cannot be meant like this. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run recover -- --announce [--json]

  --announce  say every number again, whether or not it looks new: after a restore the world keeps numbers that the
              ledger has lost. A running ledger does it in pieces; a stopped one once it runs
  --json      end with one JSON object on the last line

  The database is that of the ledger: DATABASE_URL, else the embedded one in LEDGER_DATA, which must not be running.

  exit code   0 done, 1 the database was not reached, 2 not a command`;

const settings = {
  announce: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[]): RecoverOptions | undefined => {
  const { announce, json, help } = parse([...args]);
  if (help) return undefined;
  // What a restore needs may grow: nothing is done that was not asked for by its name.
  if (!announce) throw new UsageError('recover what? --announce says every number again');
  return { json };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
