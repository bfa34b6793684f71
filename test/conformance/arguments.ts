import { parseArgs } from 'node:util';
import type { Env } from './suite.js';

/** What the command line says: names of adapters, and settings that stand for variables of the environment. */
export type Arguments = { readonly names: readonly string[]; readonly env: Env; readonly isHelp: boolean };

/** Shops may be asked by options; an option stands for a variable of this name behind the shop's. */
const shops = ['prestashop', 'woocommerce'];
const variables = { url: 'URL', key: 'KEY', secret: 'SECRET', sku: 'SKUS' } as const;

const options = {
  help: { type: 'boolean', short: 'h', default: false },
  url: { type: 'string' },
  key: { type: 'string' },
  secret: { type: 'string' },
  sku: { type: 'string', multiple: true },
} as const;

/** Undefined where an option is none, or where nobody can tell whose it is. */
export const argumentsOf = (args: readonly string[], env: Env): Arguments | undefined => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const { help, sku, ...single } = values;
    const said = Object.entries({ ...single, ...(sku !== undefined && { sku: sku.join(',') }) });
    const [shop, another] = positionals.filter((name) => shops.includes(name));
    if (said.length > 0 && (shop === undefined || another !== undefined)) return undefined;
    const named = said.map(([option, value]) => [nameOf(shop ?? '', option as keyof typeof variables), value] as const);
    return { names: positionals, env: { ...env, ...Object.fromEntries(named) }, isHelp: help };
  } catch {
    return undefined;
  }
};

const nameOf = (shop: string, option: keyof typeof variables): string => `${shop.toUpperCase()}_${variables[option]}`;
