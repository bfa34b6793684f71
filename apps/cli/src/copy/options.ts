import { parseArgs } from 'node:util';

export const engineNames = ['postgres', 'eventstoredb'] as const;
export type EngineName = (typeof engineNames)[number];

/** What `npm run copy -- ...` was asked for. */
export type CopyOptions = {
  readonly from: EngineName;
  readonly to: EngineName;
  readonly dryRun: boolean;
  readonly json: boolean;
};

/** The command line cannot be meant like this. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run copy -- --from postgres --to eventstoredb [--dry-run] [--json]
npm run copy -- --from eventstoredb --to postgres [--dry-run] [--json]

  Copies the log from one engine to the other, in its order and byte for byte, verifies every hash, and prepares the read
  side to go on there. Stop the ledger before. Run again, it goes on where it stopped.

  --dry-run   read and compare both, write nothing
  --json      end with one JSON object on the last line

  DATABASE_URL (else the embedded one in LEDGER_DATA), EVENTSTOREDB_URL and EVENTSTOREDB_NAMESPACE name both sides.

  exit code   0 done, 1 not done (damaged, the target holds other events, not reached), 2 not a command`;

const settings = {
  from: { type: 'string' },
  to: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[]): CopyOptions | undefined => {
  const values = parse([...args]);
  if (values.help) return undefined;
  const [from, to] = [engineOf('--from', values.from), engineOf('--to', values.to)];
  if (from === to) throw new UsageError(`the log is in ${from} already: --from and --to name two engines`);
  return { from, to, dryRun: values['dry-run'], json: values.json };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const engineOf = (option: string, text: string | undefined): EngineName => {
  const name = engineNames.find((known) => known === text);
  if (name === undefined) throw new UsageError(`${option} ${text ?? 'nothing'}: ${engineNames.join(' or ')}`);
  return name;
};
