import { failed, type HttpFailure, type HttpOutcome, ok } from '../failure.js';

/** A field that is not there or not what it should be: it ends the reading of one answer, and is caught there. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

export type Json = Readonly<Record<string, unknown>>;

/** In a list, because what is not there has no JSON of its own. */
const shown = (value: unknown): string => JSON.stringify([value]).slice(1, 40);

export const objectIn = (value: unknown, name: string): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FieldError(`${name} is no object`);
  return value as Json;
};

export const rowsIn = (json: Json, name: string): readonly Json[] => {
  const value = json[name];
  if (!Array.isArray(value)) throw new FieldError(`${name} is no list: ${shown(value)}`);
  return value.map((row) => objectIn(row, `a row of ${name}`));
};

export const text = (json: Json, name: string): string => {
  const value = json[name];
  if (typeof value !== 'string') throw new FieldError(`${name} is no text: ${shown(value)}`);
  return value;
};

export const flag = (json: Json, name: string): boolean => {
  const value = json[name];
  if (typeof value !== 'boolean') throw new FieldError(`${name} is neither true nor false: ${shown(value)}`);
  return value;
};

const integer = /^-?\d{1,15}$/u;

/** A whole number, also one that is written as text, as PHP often writes one. */
export const whole = (json: Json, name: string): number => {
  const value = json[name];
  const number = typeof value === 'string' && integer.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new FieldError(`${name} is no whole number: ${shown(value)}`);
  return number;
};

const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/u;

/** A date in UTC without its zone, `2026-11-20T23:02:56`. */
export const dateOf = (json: Json, name: string): string => {
  const value = text(json, name);
  if (!date.test(value)) throw new FieldError(`${name} is no date: ${shown(value)}`);
  return value;
};

/** The moment of such a date, in milliseconds since 1970. */
export const momentOf = (date: string): number => Date.parse(`${date}Z`);

/** Data that is not what was asked for. */
export const malformed = (what: string): HttpFailure => ({
  kind: 'malformed',
  sentence: `The answer is not what the shop should send: ${what}.`,
  applied: 'unknown',
});

/** What `read` makes of an answer. A field that is not what it should be fails that answer; any other error is ours. */
export const readAs = <Value>(read: () => Value): HttpOutcome<Value> => {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof FieldError) return failed(malformed(error.message));
    throw error;
  }
};
