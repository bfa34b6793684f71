import { runSuite, type Counts } from './run-suite.js';
import type { Adapter } from './suite.js';

/** What `npm run conformance -- NAME...` was asked for. */
export type Asked = {
  readonly names: readonly string[];
  readonly adapters: Readonly<Record<string, Adapter>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
};

/** 0: every promise is kept; 1: one is not, or a server could not be asked; 2: not a command, or an address is missing. */
export type ExitCode = 0 | 1 | 2;

export const usageOf = (adapters: Readonly<Record<string, Adapter>>): string =>
  [
    'npm run conformance -- [NAME...]   asks adapters whether they keep the contracts of their ports',
    '',
    ...Object.entries(adapters).map(([name, { variable, count }]) => `  ${name.padEnd(13)} ${needs(count, variable)}`),
    '',
    'Without a name all are asked, and those without an address are skipped.',
  ].join('\n');

const needs = (count: number, variable: string | undefined): string =>
  `${count} checks${variable === undefined ? '' : `, at the address in ${variable}`}`;

const none: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Asks the named adapters, or all of them. */
export const conform = async (asked: Asked): Promise<ExitCode> => {
  const { names, adapters, env, print } = asked;
  const unable = names.flatMap((name) => whyNot(name, adapters[name], env));
  if (unable.length > 0) {
    for (const line of unable) print(line);
    return 2;
  }
  let counts = none;
  for (const name of names.length > 0 ? names : Object.keys(adapters)) {
    counts = sum(counts, await conformOne(name, asked));
  }
  print(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed > 0 ? 1 : 0;
};

const whyNot = (name: string, adapter: Adapter | undefined, env: Asked['env']): readonly string[] => {
  if (adapter === undefined) return [`${name} is no adapter`];
  return addressOf(adapter, env) === undefined ? [missing(name, adapter)] : [];
};

const missing = (name: string, { variable = '' }: Adapter): string => `${name}: ${variable} is missing, its address`;

/** Empty where none is needed, undefined where it is missing. */
const addressOf = ({ variable }: Adapter, env: Asked['env']): string | undefined =>
  variable === undefined ? '' : env[variable] || undefined;

const conformOne = async (name: string, { adapters, env, print }: Asked): Promise<Counts> => {
  const adapter = adapters[name];
  if (adapter === undefined) return none;
  const address = addressOf(adapter, env);
  if (address === undefined) {
    print(`skipped ${missing(name, adapter)}`);
    return { ...none, skipped: adapter.count };
  }
  return runSuite(name, await adapter.open(address), print);
};

const sum = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});
