import { parseArgs } from 'node:util';
import type { Env } from './suite.js';

/** What the command line says: names of adapters, and settings that stand for variables of the environment. */
export type Arguments = { readonly names: readonly string[]; readonly env: Env; readonly isHelp: boolean };

const variables = { url: 'PRESTASHOP_URL', key: 'PRESTASHOP_KEY', sku: 'PRESTASHOP_SKUS' } as const;

/** Undefined where an option is none. */
export const argumentsOf = (args: readonly string[], env: Env): Arguments | undefined => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        url: { type: 'string' },
        key: { type: 'string' },
        sku: { type: 'string', multiple: true },
      },
    });
    const { help, url, key, sku } = values;
    const said = {
      ...(url !== undefined && { [variables.url]: url }),
      ...(key !== undefined && { [variables.key]: key }),
      ...(sku !== undefined && { [variables.sku]: sku.join(',') }),
    };
    return { names: positionals, env: { ...env, ...said }, isHelp: help };
  } catch {
    return undefined;
  }
};
