import type { Entity, Field, Value } from './types.js';

type Test = (value: Value) => boolean;

const isNumber = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** As the database compares a column with a text: numbers as numbers, texts without regard to case. */
const compare = (value: Value, text: string): number => {
  const own = String(value ?? '');
  if (typeof value === 'number' && isNumber(text)) return value - Number(text);
  if (typeof value === 'number') return value - (Number.parseFloat(text) || 0);
  const [left, right] = [own.toLowerCase(), text.toLowerCase()];
  return left < right ? -1 : Number(left > right);
};

const equals = (text: string): Test => {
  const number = isNumber(text) ? Number(text) : undefined;
  return (value) => (typeof value === 'number' && number !== undefined ? value === number : compare(value, text) === 0);
};

const like = (text: string, open: 'start' | 'end' | 'both'): Test => {
  const sought = text.toLowerCase();
  return (value) => {
    const own = String(value ?? '').toLowerCase();
    if (open === 'both') return own.includes(sought);
    return open === 'end' ? own.startsWith(sought) : own.endsWith(sought);
  };
};

/**
 * What a filter asks: `[a|b]`, `[a,b]` with both ends, `>[a]`, `<[a]`, `![a|b]`, `%[a]`, `[a]%`, `%[a]%`, and a bare
 * value for equality.
 */
export const testOf = (expression: string): Test => {
  const match = /^(?<sign>[<>!%]?)\[(?<inner>[^\]]*)\](?<open>%?)$/.exec(expression);
  const { sign = '', inner = expression, open = '' } = match?.groups ?? {};
  const oneOf = inner.split('|').map(equals);
  if (sign === '>') return (value) => compare(value, inner) > 0;
  if (sign === '<') return (value) => compare(value, inner) < 0;
  if (sign === '!') return (value) => !oneOf.some((test) => test(value));
  if (sign === '%') return like(inner, open === '%' ? 'both' : 'start');
  if (open === '%') return like(inner, 'end');
  const interval = /^([\d.: -]+),([\d.: -]+)$/.exec(inner);
  if (interval !== null && match !== null) return between(interval[1] ?? '', interval[2] ?? '');
  return (value) => oneOf.some((test) => test(value));
};

const between =
  (low: string, high: string): Test =>
  (value) =>
    compare(value, low) >= 0 && compare(value, high) <= 0;

/** The number of `>[1]`; undefined where something else is asked. */
export const idAbove = (expression: string): number | undefined => {
  const text = /^>\[(\d{1,15})\]$/.exec(expression)?.[1];
  return text === undefined ? undefined : Number(text);
};

export const matches = (entity: Entity, filters: readonly { readonly field: Field; readonly test: Test }[]): boolean =>
  filters.every(({ field, test }) => test(entity[field.name] ?? null));

/** Of an order of fields, as `sort` has it. */
export const comparison =
  (order: readonly { readonly name: string; readonly descends: boolean }[]) =>
  (left: Entity, right: Entity): number => {
    for (const { name, descends } of order) {
      const [a, b] = [left[name] ?? null, right[name] ?? null];
      const found = typeof a === 'number' && typeof b === 'number' ? a - b : compare(a, String(b ?? ''));
      if (found !== 0) return descends ? -found : found;
    }
    return 0;
  };

/** The numbers of `[1|2|3]` and of a bare one, which the database finds by a key; undefined: each row has to be looked at. */
export const valuesOf = (expression: string): readonly number[] | undefined => {
  const inner = /^\[([^\]]*)\]$/.exec(expression)?.[1] ?? expression;
  const texts = inner.split('|');
  if (!texts.every((text) => /^[1-9]\d{0,14}$/.test(text))) return undefined;
  return [...new Set(texts.map(Number))].sort((a, b) => a - b);
};
