import { parseArgs } from 'node:util';

/**
 * What `npm run recover -- ...` was asked for.
 * - pause: nothing is announced until `announce`
 * - list: what the world was told and the log does not have
 * - accept: reports out of that list are decided anew
 * - announce: every number is said again, and what was held goes on
 */
export type RecoverOptions = {
  readonly verb: 'pause' | 'list' | 'accept' | 'announce';
  /** Ids of events, or all that are offered. */
  readonly accept: readonly string[] | 'all';
  /** Only what was recorded after this; left out: what nobody has let go by yet. */
  readonly since: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
};

/** The command line cannot be meant like this. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run recover -- --list [--since INSTANT] [--json]
npm run recover -- --accept ID[,ID...] | --accept-all [--since INSTANT] [--dry-run] [--json]
npm run recover -- --announce [--json]
npm run recover -- --pause [--json]

  --list        what stock.events.v1 has (KAFKA_BROKERS) and the log has not: events that were lost with the time that a
                restore went back. Each with who says it again, or as offered: nobody does
  --accept      decide these offered reports anew, under their own keys and versions: when their source tells them again,
                they count once. --accept-all: all that are offered
  --since       what was recorded after this moment; left out: after the newest that --announce let go by
  --dry-run     accept nothing, say what would be
  --announce    say every number again, whether or not it looks new: after a restore the world keeps numbers that the
                ledger has lost. What was held goes on. A running ledger does it in pieces; a stopped one once it runs
  --pause       announce nothing until --announce: before the first start on a restored database, where there is no Kafka
                to show that it is older than what it has told
  --json        end with one JSON object on the last line

  The database is that of the ledger: DATABASE_URL, else the embedded one in LEDGER_DATA, which must not be running.

  exit code   0 done, 1 not done (refused, not reached), 2 not a command`;

const settings = {
  pause: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  accept: { type: 'string' },
  'accept-all': { type: 'boolean', default: false },
  announce: { type: 'boolean', default: false },
  since: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[]): RecoverOptions | undefined => {
  const values = parse([...args]);
  if (values.help) return undefined;
  const isAccepting = values['accept-all'] || values.accept !== undefined;
  const verbs = [
    ...(values.pause ? ['pause' as const] : []),
    ...(values.list ? ['list' as const] : []),
    ...(isAccepting ? ['accept' as const] : []),
    ...(values.announce ? ['announce' as const] : []),
  ];
  const [verb] = verbs;
  // Nothing is done that was not asked for by its name, and one thing after the other.
  if (verb === undefined || verbs.length > 1)
    throw new UsageError('recover what? One of --list, --accept ID, --accept-all, --announce, --pause');
  const accept = values['accept-all'] ? 'all' : idsIn(values.accept ?? '');
  if (verb === 'accept' && accept.length === 0) throw new UsageError('--accept needs ids of events');
  return { verb, accept, since: sinceOf(values.since), dryRun: values['dry-run'], json: values.json };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const idsIn = (text: string): readonly string[] => text.split(',').flatMap((id) => id.trim() || []);

const sinceOf = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new UsageError(`--since ${text}: not a moment`);
  return moment.toISOString();
};
