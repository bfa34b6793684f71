import { parseArgs } from 'node:util';
import { UsageError } from '../policy/options.js';

export { UsageError };

export const verbs = [
  'show',
  'history',
  'add',
  'off',
  'observe',
  'shadow',
  'canary',
  'live',
  'pause',
  'resume',
  'resync',
  'reconcile',
  'rerun',
  'map',
  'audit',
  'import',
  'report',
] as const;
export type Verb = (typeof verbs)[number];

/** What `npm run channel -- ...` was asked for. */
export type ChannelOptions = {
  readonly verb: Verb;
  /** Empty where `show` is to show all. */
  readonly channel: string;
  readonly url: string;
  readonly key: string;
  readonly json: boolean;
  /** Nothing is changed without it. */
  readonly yes: boolean;
  readonly reason: string;
  /** The system of the shop; the service has a default. */
  readonly kind: string | undefined;
  /** `name=value`: the value is JSON or a plain word. */
  readonly settings: readonly string[];
  /** Secrets as JSON: from a file, `-` for stdin, or the environment. Never an argument: those are seen by everybody. */
  readonly secrets: { readonly file: string } | { readonly text: string } | undefined;
  readonly percent: number | undefined;
  readonly skus: readonly string[];
  readonly orders: readonly string[];
  /** Files of the import, and the rows of a canary. */
  readonly files: { readonly listings?: string; readonly opening?: string; readonly orders?: string };
  /** RFC 3339, in UTC. */
  readonly since: string | undefined;
  readonly asOf: string | undefined;
};

export const usage = `npm run channel -- VERB CHANNEL [options]

  show [CHANNEL], history CHANNEL      what is set, how its worker stands; who has changed what
  add CHANNEL --set url=https://shop.example [--kind SYSTEM] [--secrets FILE|-]
                                       gives the channel its shop, or changes settings and secrets of the one that it has
  observe | shadow | canary | live | off CHANNEL
                                       to that rung: one up at a time, any down. canary: --percent N or --listings FILE
  pause | resume CHANNEL               nothing is written meanwhile; back to the rung where it was paused
  resync CHANNEL [--skus A,B]          sets rows of the shop to what the ledger says now
  reconcile CHANNEL                    reads every listing of the shop and compares
  rerun CHANNEL --since MOMENT | --orders 12,13
                                       reads orders again; what was taken in stays as it is
  audit CHANNEL                        what of the shop's listings cannot be sold through the ledger as it is
  map CHANNEL                          maps listings whose reference is a SKU; one unit a sale
  import CHANNEL [--opening FILE.csv --as-of MOMENT] [--open-orders FILE]
                                       takes a selling shop in: observe, audit, cursors, opening figures (sku,location,quantity),
                                       baseline of open orders (their numbers, one a line), compare, report. Safe to repeat
  report CHANNEL                       yesterday and now: written, would have been written, drift, vanished orders, alerts

  Whatever changes something is a dry run without --yes.
  --yes --reason TEXT  do it; why, for the history; no personal data
  --secrets   a JSON object: {"key": "...", "webhookSecret": "..."}; a file, - for stdin; without it CHANNEL_SECRETS
  --json      end with one JSON object on the last line
  --url       the ledger (default: LEDGER_URL, else http://127.0.0.1:8080)
  LEDGER_KEY  an API key with the scope ops; map needs policy:write and stock:read beside it, import movements:write

  exit code   0 done or nothing to do, 1 refused or not reached, 2 not a command, 3 done, and something waits for a person`;

const flags = {
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  reason: { type: 'string' },
  url: { type: 'string' },
  kind: { type: 'string' },
  set: { type: 'string', multiple: true },
  secrets: { type: 'string' },
  percent: { type: 'string' },
  listings: { type: 'string' },
  skus: { type: 'string' },
  orders: { type: 'string' },
  since: { type: 'string' },
  opening: { type: 'string' },
  'as-of': { type: 'string' },
  'open-orders': { type: 'string' },
} as const;

type Flag = keyof typeof flags;

/** What a verb takes beside what all take. */
const own: Readonly<Partial<Record<Verb, readonly Flag[]>>> = {
  add: ['kind', 'set', 'secrets'],
  canary: ['percent', 'listings'],
  resync: ['skus'],
  rerun: ['since', 'orders'],
  import: ['opening', 'as-of', 'open-orders'],
};
const common: readonly string[] = ['yes', 'json', 'help', 'reason', 'url'];
const reading: readonly Verb[] = ['show', 'history', 'audit', 'report'];

const defaultUrl = 'http://127.0.0.1:8080';

type Environment = Readonly<Record<string, string | undefined>>;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[], env: Environment): ChannelOptions | undefined => {
  const { values, positionals } = parse([...args]);
  if (values.help) return undefined;
  const [verbText, channel = '', ...more] = positionals;
  const verb = verbOf(verbText);
  demand(more.length === 0, `what is ${more[0]}? One channel at a time`);
  demand(channel !== '' || verb === 'show', `${verb} which channel?`);
  demandOwn(verb, values);
  demand(!values.yes || values.reason !== undefined, '--reason is required: it stands in the history');
  return {
    ...{ verb, channel, json: values.json, yes: values.yes, reason: values.reason ?? 'dry run' },
    ...{ url: urlOf(values.url ?? env['LEDGER_URL'] ?? defaultUrl), key: keyOf(env['LEDGER_KEY']) },
    ...{ kind: values.kind, settings: values.set ?? [], secrets: secretsOf(values.secrets, env) },
    ...{ percent: percentOf(values.percent), skus: listOf(values.skus), orders: listOf(values.orders) },
    ...{ since: momentOf('--since', values.since), asOf: momentOf('--as-of', values['as-of']) },
    files: {
      ...(values.listings !== undefined && { listings: values.listings }),
      ...(values.opening !== undefined && { opening: values.opening }),
      ...(values['open-orders'] !== undefined && { orders: values['open-orders'] }),
    },
  };
};

const demand = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new UsageError(otherwise);
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: flags, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const verbOf = (text: string | undefined): Verb => {
  const verb = verbs.find((known) => known === text);
  if (verb === undefined) throw new UsageError(`${text ?? 'nothing'} is no verb: ${verbs.join(', ')}`);
  return verb;
};

/** A flag that a verb does not know would be overlooked. */
const demandOwn = (verb: Verb, values: Readonly<Partial<Record<Flag, unknown>>>): void => {
  const known = [...common, ...(own[verb] ?? [])];
  const stranger = Object.entries(values).find(([name, value]) => value !== undefined && !known.includes(name));
  demand(stranger === undefined, `${verb} takes no --${stranger?.[0]}`);
  demand(!reading.includes(verb) || values.yes !== true, `${verb} changes nothing: leave out --yes`);
  const has = (name: Flag): boolean => values[name] !== undefined;
  if (verb === 'canary') demand(has('percent') !== has('listings'), 'canary takes either --percent or --listings');
  if (verb === 'rerun') demand(has('since') !== has('orders'), 'rerun takes either --since or --orders');
  if (verb === 'import') demand(has('opening') === has('as-of'), '--opening needs the moment of its figures: --as-of');
};

const secretsOf = (file: string | undefined, env: Environment): ChannelOptions['secrets'] => {
  if (file !== undefined) return { file };
  const text = env['CHANNEL_SECRETS'];
  return text === undefined || text === '' ? undefined : { text };
};

const percentOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  demand(/^([1-9]\d?|100)$/u.test(text), `--percent ${text}: from 1 to 100`);
  return Number(text);
};

const listOf = (text = ''): readonly string[] => text.split(',').flatMap((part) => part.trim() || []);

const momentOf = (flag: string, text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  demand(!Number.isNaN(moment.getTime()), `${flag} ${text}: not a moment`);
  return moment.toISOString();
};

const urlOf = (text: string): string => {
  demand(/^https?:/u.test(text) && URL.canParse(text), `not the URL of a ledger: ${text}`);
  return text.replace(/\/+$/u, '');
};

const keyOf = (text: string | undefined): string => {
  if (text === undefined || text === '') throw new UsageError('LEDGER_KEY is required: an API key of the ledger');
  return text;
};
