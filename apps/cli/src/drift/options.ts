import { parseArgs } from 'node:util';
import { defaultUrl, keyOf, urlOf, UsageError, type Environment } from '../policy/options.js';

type Asked = { readonly url: string; readonly key: string; readonly json: boolean };

/** What `npm run drift -- ...` was asked for. */
export type DriftOptions = Asked &
  (
    | { readonly verb: 'list'; readonly state: string; readonly channel?: string; readonly sku?: string }
    | {
        readonly verb: 'resolve';
        readonly id: string;
        /** What is said of it, in the fields of the API. */
        readonly said: Readonly<Record<string, string>>;
        /** Do it; without it it is only told what would be done. */
        readonly yes: boolean;
      }
  );

export const usage = `npm run drift -- list [--channel CODE] [--sku SKU] [--state STATE]
npm run drift -- resolve ID --how HOW --reason TEXT [--yes]

  Readings of shops that nobody expected, and what people say of them. Nothing is done without --yes: it is told what would be.

  --state     open (rises of the row wait for you; the default), counting, snoozed, resolvable (it stood too high and was written
              over), noted, resolved
  --how       ledger_is_right     the row goes to what the ledger says
              shop_is_right       the units are adjusted at --location CODE, then the row goes on
              shop_missed_orders  orders that changed from --from MOMENT to --to MOMENT (or now) are read again; the row waits
              count_it            somebody goes and counts; the row waits
              snooze              nobody is asked before --until MOMENT; the row waits
  --reason    why, for the history; no personal data
  --json      end with one JSON object on the last line
  --url       the ledger (default: LEDGER_URL, else ${defaultUrl})
  LEDGER_KEY  an API key: stock:read to list, ops to resolve

  exit code   0 done or told, 1 refused or not reached, 2 not a command`;

const settings = {
  channel: { type: 'string' },
  sku: { type: 'string' },
  state: { type: 'string' },
  how: { type: 'string' },
  reason: { type: 'string' },
  location: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  until: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[], env: Environment): DriftOptions | undefined => {
  const { values, positionals } = parse([...args]);
  if (values.help) return undefined;
  const [verb, ...rest] = positionals;
  const { url, json, yes, help: _help, ...texts } = values;
  const asked = { url: urlOf(url ?? env['LEDGER_URL'] ?? defaultUrl), key: keyOf(env['LEDGER_KEY']), json };
  switch (verb) {
    case 'list':
      return { ...asked, verb, ...filterOf(texts, rest, yes) };
    case 'resolve':
      return { ...asked, verb, yes, ...sayingOf(texts, rest) };
    case undefined:
    default:
      throw new UsageError(`${verb ?? 'nothing'} is no verb: list or resolve`);
  }
};

type Texts = { readonly [name: string]: string | undefined };

const filterOf = (texts: Texts, rest: readonly string[], yes: boolean) => {
  const { state = 'open', channel, sku, ...others } = texts;
  if (rest.length > 0 || yes || Object.keys(others).length > 0)
    throw new UsageError('list takes --channel, --sku and --state, and changes nothing');
  return { state, ...(channel !== undefined && { channel }), ...(sku !== undefined && { sku }) };
};

const sayingOf = ({ state, channel, sku, ...texts }: Texts, [id, ...more]: readonly string[]) => {
  if (id === undefined || more.length > 0) throw new UsageError('resolve takes the id of one finding: see list');
  if (state !== undefined || channel !== undefined || sku !== undefined)
    throw new UsageError('resolve takes no --state, --channel and --sku: the id says it all');
  if (texts['how'] === undefined) throw new UsageError('--how is required: ledger_is_right, shop_is_right, ...');
  if (texts['reason'] === undefined) throw new UsageError('--reason is required: it stands in the history');
  const said = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { id, said: Object.fromEntries(said) };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
