import { runSuite, type Counts } from './run-suite.js';
import type { Adapter, Env } from './suite.js';

/** What `npm run conformance -- NAME...` was asked for. */
export type Asked = {
  readonly names: readonly string[];
  readonly adapters: Readonly<Record<string, Adapter>>;
  readonly env: Env;
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
    'prestashop --url ADDRESS --key KEY --sku REFERENCE[,REFERENCE]... writes these listings alone, and puts back what they showed;',
    'or by PRESTASHOP_URL, PRESTASHOP_KEY and PRESTASHOP_SKUS.',
    'woocommerce --url ADDRESS --key KEY --secret SECRET --sku REFERENCE[,REFERENCE]... does so too;',
    'or by WOOCOMMERCE_URL, WOOCOMMERCE_KEY, WOOCOMMERCE_SECRET and WOOCOMMERCE_SKUS.',
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

const whyNot = (name: string, adapter: Adapter | undefined, env: Env): readonly string[] =>
  adapter === undefined ? [`${name} is no adapter`] : missingOf(name, adapter, env).slice(0, 1);

const missingOf = (name: string, { variable, also = [] }: Adapter, env: Env): readonly string[] => [
  ...(variable !== undefined && !env[variable] ? [`${name}: ${variable} is missing, its address`] : []),
  ...also.filter((other) => !env[other]).map((other) => `${name}: ${other} is missing`),
];

const conformOne = async (name: string, { adapters, env, print }: Asked): Promise<Counts> => {
  const adapter = adapters[name];
  if (adapter === undefined) return none;
  const [missing] = missingOf(name, adapter, env);
  if (missing !== undefined) {
    print(`skipped ${missing}`);
    return { ...none, skipped: adapter.count };
  }
  const address = adapter.variable === undefined ? '' : (env[adapter.variable] ?? '');
  return runSuite(name, await adapter.open(address, env), print);
};

const sum = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});
