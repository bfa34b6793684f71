import { parseArgs } from 'node:util';

/** What `npm run demo -- ...` was asked for. */
export type DemoOptions = {
  /** Whether the shops ask the ledger before the last unit is promised. */
  readonly withModule: boolean;
  /** How long the day takes, in seconds. */
  readonly seconds: number;
  /** A day of the retailer's year, as its file writes it. */
  readonly day: string;
  readonly seed: number;
  /** At most so many baskets of the day, spread over it. */
  readonly baskets: number;
  readonly json: boolean;
};

export const usage = `npm run demo -- [--without-module] [--seconds N] [--day YYYY-MM-DD] [--baskets N] [--seed N] [--json]

  --without-module  the shops do not ask the ledger when somebody pays: shows how units are sold twice
  --seconds         how long the day takes (default 60)
  --day             a day of the retailer's year (default 2010-12-01, its first)
  --baskets         at most so many of the day's, spread over it (default all)
  --seed            whose basket goes to which shop (default 1)
  --json            end with one JSON object on the last line`;

const settings = {
  'without-module': { type: 'boolean', default: false },
  seconds: { type: 'string', default: '60' },
  day: { type: 'string', default: '2010-12-01' },
  seed: { type: 'string', default: '1' },
  baskets: { type: 'string', default: '100000' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const secondsMax = 86_400;

/** What the command line asks for, or why it cannot be understood (empty: help was asked for). */
export const optionsOf = (args: readonly string[]): DemoOptions | { readonly misunderstood: string } => {
  try {
    const { values } = parseArgs({ args: [...args], options: settings });
    if (values.help) return { misunderstood: '' };
    const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
    if (!(seconds > 0 && seconds <= secondsMax))
      return { misunderstood: `--seconds is above 0, at most ${secondsMax}.` };
    if (!Number.isSafeInteger(seed)) return { misunderstood: '--seed is a whole number.' };
    if (!/^\d{4}-\d{2}-\d{2}$/u.test(values.day)) return { misunderstood: '--day is YYYY-MM-DD.' };
    const baskets = Number(values.baskets);
    if (!Number.isSafeInteger(baskets) || baskets < 1) return { misunderstood: '--baskets is a whole number from 1.' };
    return { withModule: !values['without-module'], seconds, day: values.day, seed, baskets, json: values.json };
  } catch (error) {
    return { misunderstood: (error as Error).message };
  }
};
