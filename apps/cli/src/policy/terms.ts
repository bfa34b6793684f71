import { UsageError } from './options.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
/** The terms of a policy by their names, as the API shows and takes them. */
export type Terms = { readonly [name: string]: Json };

export const isTerms = (value: unknown): value is Terms =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The terms with one of them set or taken away: `buffer.units=5`, `cap=`. @throws UsageError */
export const withTerm = (terms: Terms, term: string): Terms => {
  const at = term.indexOf('=');
  const path = term.slice(0, Math.max(at, 0)).split('.');
  if (path.includes('')) throw new UsageError(`not a term: ${term}; say buffer.units=5`);
  return withValue(terms, path, valueOf(term.slice(at + 1)));
};

/** JSON where it is JSON, else a word; undefined: no value. */
const valueOf = (text: string): Json | undefined => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
};

const withValue = (terms: Terms, [name = '', ...within]: readonly string[], value: Json | undefined): Terms => {
  const inner = Object.hasOwn(terms, name) ? terms[name] : undefined;
  const next = within.length === 0 ? value : withValue(isTerms(inner) ? inner : {}, within, value);
  const entries = Object.entries(terms).filter(([other]) => other !== name);
  return Object.fromEntries(next === undefined ? entries : [...entries, [name, next]]);
};

/** What is not the same; undefined: not there. */
export type Difference = { readonly term: string; readonly from?: Json; readonly to?: Json };

/** Every term that differs, by its path, in the order of the paths. */
export const differencesOf = (before: Terms, after: Terms): readonly Difference[] => {
  const [from, to] = [new Map(leavesOf(before)), new Map(leavesOf(after))];
  return [...new Set([...from.keys(), ...to.keys()])].sort().flatMap((term) => {
    const [old, now] = [from.get(term), to.get(term)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ term, ...(old !== undefined && { from: old }), ...(now !== undefined && { to: now }) }];
  });
};

const leavesOf = (terms: Terms, within = ''): readonly (readonly [string, Json])[] =>
  Object.entries(terms).flatMap(([name, value]) => {
    const path = `${within}${name}`;
    return isTerms(value) && Object.keys(value).length > 0 ? leavesOf(value, `${path}.`) : [[path, value] as const];
  });

const inWords = (value: Json | undefined): string => (value === undefined ? '(none)' : JSON.stringify(value));

/** `buffer.units: 3 -> 5` */
export const lineOf = ({ term, from, to }: Difference): string => `${term}: ${inWords(from)} -> ${inWords(to)}`;
