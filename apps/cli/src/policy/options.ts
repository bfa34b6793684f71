import { parseArgs } from 'node:util';

export const policyKinds = ['channel', 'location', 'sku'] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Which policy of which ledger. */
type Asked = {
  readonly kind: PolicyKind;
  readonly code: string;
  readonly url: string;
  readonly key: string;
  readonly json: boolean;
};

/** What `npm run policy -- ...` was asked for. */
export type PolicyOptions = Asked &
  (
    | { readonly verb: 'show' | 'history' }
    | {
        readonly verb: 'set';
        /** All terms, as JSON. */
        readonly file?: string;
        /** Single terms: `path=value`. */
        readonly terms: readonly string[];
        readonly reason?: string;
        readonly dryRun: boolean;
      }
  );

/** The command line cannot be meant like this. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run policy -- show channel|location|sku CODE
npm run policy -- history channel|location|sku CODE
npm run policy -- set channel|location|sku CODE (--file FILE | TERM=VALUE...) --reason TEXT [--dry-run]

  TERM=VALUE  one term, named by its path: buffer.units=5, channels.web.cap.units=9; the value is JSON or a plain word,
              nothing (cap=) takes the term away; all other terms stay as they are
  --file      all terms as JSON, as show --json prints them; what the file does not say is none; a revision in it is the one that
              must still stand
  --reason    why, for the history; no personal data
  --dry-run   print the difference, change nothing
  --json      end with one JSON object on the last line
  --url       the ledger (default: LEDGER_URL, else http://127.0.0.1:8080)
  LEDGER_KEY  an API key: stock:read to show, history:read for the history, policy:write to set

  exit code   0 done or nothing to do, 1 refused or not reached, 2 not a command`;

const settings = {
  file: { type: 'string' },
  reason: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const defaultUrl = 'http://127.0.0.1:8080';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The options of these arguments; undefined: help was asked for. @throws UsageError */
export const readOptions = (args: readonly string[], env: Environment): PolicyOptions | undefined => {
  const { values, positionals } = parse([...args]);
  if (values.help) return undefined;
  const [verb, kind, code, ...terms] = positionals;
  const asked = {
    kind: kindOf(kind),
    code: codeOf(code),
    url: urlOf(values.url ?? env['LEDGER_URL'] ?? defaultUrl),
    key: keyOf(env['LEDGER_KEY']),
    json: values.json,
  };
  switch (verb) {
    case 'show':
    case 'history':
      if (terms.length > 0 || values.file !== undefined || values.reason !== undefined || values['dry-run'])
        throw new UsageError(`${verb} takes a kind and a code, and changes nothing`);
      return { ...asked, verb };
    case 'set':
      return { ...asked, verb, ...changeOf(terms, values) };
    case undefined:
    default:
      throw new UsageError(`${verb ?? 'nothing'} is no verb: show, history or set`);
  }
};

type Values = { readonly file?: string; readonly reason?: string; readonly 'dry-run': boolean };

const changeOf = (terms: readonly string[], { file, reason, 'dry-run': dryRun }: Values) => {
  if ((file === undefined) === (terms.length === 0))
    throw new UsageError('set takes either --file or terms as buffer.units=5');
  if (reason === undefined && !dryRun) throw new UsageError('--reason is required: it stands in the history');
  return { terms, dryRun, ...(file !== undefined && { file }), ...(reason !== undefined && { reason }) };
};

const parse = (args: string[]) => {
  try {
    return parseArgs({ args, options: settings, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const kindOf = (text: string | undefined): PolicyKind => {
  const kind = policyKinds.find((known) => known === text);
  if (kind === undefined) throw new UsageError(`${text ?? 'nothing'} has no policy: channel, location or sku`);
  return kind;
};

const codeOf = (text: string | undefined): string => {
  if (text === undefined || text === '') throw new UsageError('a code is required');
  return text;
};

/** @throws UsageError */
export const urlOf = (text: string): string => {
  if (!/^https?:/u.test(text) || !URL.canParse(text)) throw new UsageError(`not the URL of a ledger: ${text}`);
  return text.replace(/\/+$/u, '');
};

/** @throws UsageError */
export const keyOf = (text: string | undefined): string => {
  if (text === undefined || text === '') throw new UsageError('LEDGER_KEY is required: an API key of the ledger');
  return text;
};
