import { callLedger } from '../policy/client.js';
import { isTerms, type Json, type Terms } from '../policy/terms.js';
import type { DriftOptions } from './options.js';

export type Print = (line: string) => void;

/** Does what was asked for. @throws LedgerError */
export const runDrift = (options: DriftOptions, print: Print): Promise<void> => {
  switch (options.verb) {
    case 'list':
      return list(options, print);
    case 'resolve':
      return resolve(options, print);
    default:
      return options satisfies never;
  }
};

type ListOptions = Extract<DriftOptions, { readonly verb: 'list' }>;
type ResolveOptions = Extract<DriftOptions, { readonly verb: 'resolve' }>;

const list = async (options: ListOptions, print: Print): Promise<void> => {
  const rows: Terms[] = [];
  for await (const row of findingsOf(options)) {
    rows.push(row);
    if (!options.json) print(lineOf(row));
  }
  if (options.json) print(JSON.stringify({ rows }));
  else if (rows.length === 0) print(`no finding is ${options.state}`);
};

/** Page by page. */
async function* findingsOf(options: ListOptions): AsyncGenerator<Terms> {
  const { state, channel, sku } = options;
  const filter = { state, limit: '1000', ...(channel !== undefined && { channel }), ...(sku !== undefined && { sku }) };
  let cursor: Json | undefined;
  do {
    const query = new URLSearchParams({ ...filter, ...(typeof cursor === 'string' && { cursor }) });
    const { rows, next } = await callLedger(options, { method: 'GET', path: `/v1/findings?${query.toString()}` });
    if (Array.isArray(rows)) yield* rows.filter(isTerms);
    cursor = next;
  } while (typeof cursor === 'string');
}

const word = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** `0b5f...  2026-03-01T03:00:00.000Z  web 42 (A): read 5, expected [20]: 15 below, too_much, cause unknown` */
const lineOf = (row: Terms): string => {
  const { id, at, channel, row: shopRow, sku, read, expected, units, kind, hold, cause } = row;
  const side = kind === 'above' ? 'above' : 'below';
  const why = [hold, `cause ${word(cause)}`].filter((part) => typeof part === 'string').join(', ');
  const figures = `read ${word(read)}, expected ${word(expected)}: ${word(units)} ${side}`;
  return `${word(id)}  ${word(at)}  ${word(channel)} ${word(shopRow)} (${word(sku)}): ${figures}, ${why}`;
};

const resolve = async (options: ResolveOptions, print: Print): Promise<void> => {
  const { id, said, yes, json } = options;
  const path = `/v1/findings/${encodeURIComponent(id)}/resolve`;
  const answer = await callLedger(options, { method: 'POST', path, body: { ...said, dryRun: !yes } });
  const { effects, leaves } = answer;
  for (const effect of Array.isArray(effects) ? effects.filter(isTerms) : []) print(effectLine(effect, yes));
  print(`${id}: ${yes ? 'done, it is' : 'a dry run, with --yes it would be'} ${word(leaves)}`);
  if (json) print(JSON.stringify(answer));
};

const effectLine = ({ kind, alert, ...facts }: Terms, done: boolean): string => {
  const shown = isTerms(alert) ? { code: alert['code'] ?? null, subject: alert['subject'] ?? null } : facts;
  const words = Object.entries(shown).map(([name, value]) => `${name} ${word(value)}`);
  return `   ${done ? '' : 'would '}${word(kind).replaceAll('_', ' ')}: ${words.join(', ')}`;
};
