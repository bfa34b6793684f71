import { parseArgs } from 'node:util';

/** What `npm run replay -- ...` was asked for. */
export type ReplayOptions = {
  /** Without it: the committed year. */
  readonly file?: string;
  readonly limit?: number;
  /** Compare with an oracle: the committed one, or this file. */
  readonly verify?: true | string;
  readonly json: boolean;
  readonly dataDir?: string;
};

/** The command line cannot be meant like this. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run replay -- [FILE.csv.gz] [--limit N] [--verify [SKU.csv]] [--json] [--data DIR]

  FILE      invoice lines (CSV, gzipped or plain); without it the committed year is played
  --limit   play the first N lines only
  --verify  compare the stock on hand of every SKU with an oracle; without SKU.csv the committed one
  --json    end with one JSON object on the last line
  --data    the data directory of the ledger (default: ./data); DATABASE_URL names a server instead`;

const settings = {
  limit: { type: 'string' },
  verify: { type: 'string' },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[]): ReplayOptions | undefined => {
  const { values, positionals } = parse(withVerifyValue(args));
  if (values.help) return undefined;
  const [file, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`one file at a time: ${others.join(' ')} is too much`);
  const limit = values.limit === undefined ? undefined : countOf(values.limit);
  if (limit !== undefined && values.verify !== undefined)
    throw new UsageError('--verify compares with the whole file: it cannot be asked for together with --limit');
  return {
    json: values.json,
    ...(file !== undefined && { file }),
    ...(limit !== undefined && { limit }),
    ...(values.verify !== undefined && { verify: values.verify === '' ? true : values.verify }),
    ...(values.data !== undefined && { dataDir: values.data }),
  };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** `--verify` may stand alone: what follows it is its oracle only when it is a CSV file that is not gzipped. */
const withVerifyValue = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (index > 0 && args[index - 1] === '--verify' && isOracle(arg)) return [];
    if (arg !== '--verify') return [arg];
    const next = args[index + 1];
    return [`--verify=${next !== undefined && isOracle(next) ? next : ''}`];
  });

const isOracle = (arg: string): boolean => !arg.startsWith('-') && arg.endsWith('.csv');

const countOf = (text: string): number => {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count))
    throw new UsageError(`--limit must be a whole number: ${text}`);
  return count;
};
