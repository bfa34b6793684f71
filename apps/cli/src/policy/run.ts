import { readFile } from 'node:fs/promises';
import { UsageError, type PolicyOptions } from './options.js';
import { policyOf, readHistory, readPolicy, sendPolicy, type Policy } from './policies.js';
import { differencesOf, isTerms, lineOf, withTerm, type Json, type Terms } from './terms.js';

export type Print = (line: string) => void;
type SetOptions = Extract<PolicyOptions, { readonly verb: 'set' }>;

/** Does what was asked for. @throws LedgerError, UsageError */
export const runPolicy = (options: PolicyOptions, print: Print): Promise<void> => {
  switch (options.verb) {
    case 'show':
      return show(options, print);
    case 'history':
      return history(options, print);
    case 'set':
      return set(options, print);
    default:
      return options satisfies never;
  }
};

const show = async (options: PolicyOptions, print: Print): Promise<void> => {
  const policy = await readPolicy(options);
  print(options.json ? JSON.stringify(policy) : JSON.stringify(policy, undefined, 2));
};

const history = async (options: PolicyOptions, print: Print): Promise<void> => {
  const rows: Terms[] = [];
  let before: Terms = {};
  for await (const row of readHistory(options)) {
    rows.push(row);
    const after = contentOf(options, row);
    if (!options.json) for (const line of linesOfChange(row, before, after)) print(line);
    before = after;
  }
  if (options.json) print(JSON.stringify({ rows }));
  else if (rows.length === 0) print('never set');
};

/** What a change made of the policy; why it was made is told beside. */
const contentOf = ({ kind }: PolicyOptions, { data }: Terms): Terms => {
  const { reason: _reason, ...content } = isTerms(data) ? data : {};
  return policyOf(kind, content).terms;
};

const word = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

const linesOfChange = (row: Terms, before: Terms, after: Terms): readonly string[] => {
  const { revision, recordedAt, source, actor, data } = row;
  const connection = isTerms(source) ? source['connection'] : undefined;
  const reason = isTerms(data) && data['reason'] !== undefined ? `: ${word(data['reason'])}` : '';
  return [
    `${word(revision)}  ${word(recordedAt)}  ${word(connection)} (${word(actor)})${reason}`,
    ...differencesOf(before, after).map((difference) => `   ${lineOf(difference)}`),
  ];
};

const set = async (options: SetOptions, print: Print): Promise<void> => {
  const stands = policyOf(options.kind, await readPolicy(options));
  const wanted = await wantedOf(options, stands);
  const differences = differencesOf(stands.terms, wanted.terms);
  for (const difference of differences) print(lineOf(difference));
  const changes = differences.length > 0;
  const sent = changes && !options.dryRun ? await sendPolicy(options, wanted, options.reason ?? '') : undefined;
  const { revision } = sent === undefined ? stands : policyOf(options.kind, sent);
  const { kind, code, dryRun, json } = options;
  print(
    `${kind} ${code}: ${sent ? 'changed, now at' : changes ? 'not changed, a dry run at' : 'nothing to change at'} revision ${revision}`,
  );
  if (json) print(JSON.stringify({ kind, code, dryRun, changed: sent !== undefined, revision, differences }));
};

/** Over the revision that was read, unless the file says of which one it was made. */
const wantedOf = async ({ kind, file, terms }: SetOptions, stands: Policy): Promise<Policy> => {
  if (file === undefined) return { ...stands, terms: terms.reduce(withTerm, stands.terms) };
  return { ...stands, ...policyOf(kind, await termsIn(file)) };
};

const termsIn = async (file: string): Promise<Terms> => {
  let terms: unknown;
  try {
    terms = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isTerms(terms)) return terms;
  throw new UsageError(`${file} holds no JSON object`);
};
