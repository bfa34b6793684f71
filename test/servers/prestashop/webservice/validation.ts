import type { Traits } from '../versions.js';
import type { Entity, Field, Value } from './types.js';

/** What PHP's loose comparison takes for a number: spaces around it included. */
const isNumeric = (text: string): boolean => /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);

/** Numbers by value; any other text letter by letter, so that "abc" lies above every number. */
const isOutside = (text: string, { min, max }: { readonly min: number; readonly max: number }): boolean => {
  if (isNumeric(text)) return Number(text) < min || Number(text) > max;
  return text < String(min) || text > String(max);
};

const asInteger = (text: string): number => Number.parseInt(text.trim(), 10) || 0;

const isInteger = (text: string): boolean => String(asInteger(text)) === text;

const checks: Readonly<Record<string, (text: string) => boolean>> = {
  isInt: isInteger,
  isUnsignedId: (text) => isInteger(text) && Number(text) >= 0,
  isBool: (text) => /^[01]$/.test(text),
};

const problemOf = (field: Field, value: Value, property: string): string | undefined => {
  const text = value === null ? '' : String(value);
  if (field.required === true && text === '') return `Property ${property} is empty.`;
  if (text === '') return undefined;
  if (field.range !== undefined && isOutside(text, field.range)) {
    const { min, max } = field.range;
    return `The range of property ${property} is currently ${asInteger(text)}. It must be between ${min} and ${max}.`;
  }
  const check = checks[field.format ?? ''];
  if (check !== undefined && !check(text)) return `Property ${property} is not valid`;
  return undefined;
};

/** The first thing wrong with an entity as it would be saved, in the words of the answer. */
export const validationError = (
  fields: readonly Field[],
  entity: Entity,
  { model, traits }: { readonly model: string; readonly traits: Traits },
): string | undefined => {
  const arrow = traits.escapesErrors ? '-&gt;' : '->';
  for (const field of fields) {
    const problem = problemOf(field, entity[field.name] ?? null, `${model}${arrow}${field.name}`);
    if (problem !== undefined) return `Validation error: "${problem}"`;
  }
  return undefined;
};
