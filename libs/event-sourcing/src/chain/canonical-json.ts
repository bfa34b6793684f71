import type { JsonValue } from '../json.js';

/**
 * The one text of a JSON value (RFC 8785): keys in the order of their UTF-16 code units, numbers and strings as
 * ECMAScript writes them, no spaces. What is hashed, and what a store keeps.
 *
 * A property that is undefined is left out, as JSON does. Everything else that JSON cannot carry without loss is our own
 * bug and throws a TypeError: NaN and infinities, lone surrogates, undefined elsewhere, functions, symbols, bigints, and
 * objects that are no plain ones (a Map would be `{}`). -0 is written as 0.
 */
export const canonicalJson = (value: JsonValue): string => {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      return canonicalNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as PlainObject);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
    default:
      throw new TypeError(`JSON has no ${typeof value}`);
  }
};

type PlainObject = { readonly [key: string]: JsonValue | undefined };

const canonicalNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${String(value)}`);
  return String(value);
};

const canonicalArray = (values: readonly JsonValue[]): string => {
  let text = '[';
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ',';
    text += canonicalJson(values[index] as JsonValue);
  }
  return text + ']';
};

const canonicalObject = (value: PlainObject): string => {
  const keys = sortedKeys(value);
  if (keys.length === 0) requirePlain(value);
  let text = '';
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    text += (text === '' ? '{' : ',') + canonicalKey(key) + canonicalJson(member);
  }
  return text === '' ? '{}' : text + '}';
};

/** The same few keys come with every event: remembering them quoted saves a third of the whole (measured). */
const quotedKeys = new Map<string, string>();
const quotedKeysMax = 4_096;
const quotedKeyUnitsMax = 64;

const canonicalKey = (key: string): string => {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const quoted = canonicalString(key) + ':';
  if (quotedKeys.size < quotedKeysMax && key.length <= quotedKeyUnitsMax) quotedKeys.set(key, quoted);
  return quoted;
};

/** Insertion sort: our objects have few keys, mostly written in order already. The many-keyed take the built-in one. */
const sortedKeys = (value: PlainObject): string[] => {
  const keys = Object.keys(value);
  if (keys.length > insertionSortKeysMax) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as string;
    let place = index - 1;
    while (place >= 0 && (keys[place] as string) > key) {
      keys[place + 1] = keys[place] as string;
      place -= 1;
    }
    keys[place + 1] = key;
  }
  return keys;
};
const insertionSortKeysMax = 24;

/** Map, Set and Date have no keys of their own, so looking at empty objects alone finds them. */
const requirePlain = (value: object): void => {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) throw new TypeError('JSON has plain objects only');
};

/** Short strings without anything to escape are most of them: a loop over the code units beats the call out. */
export const canonicalString = (value: string): string => {
  if (value.length > loopedUnitsMax) return escapedString(value);
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return escapedString(value);
  }
  return '"' + value + '"';
};
const loopedUnitsMax = 80;

/** With the `u` flag a surrogate matches only where it stands alone. */
const loneSurrogate = /\p{Surrogate}/u;

const escapedString = (value: string): string => {
  if (loneSurrogate.test(value)) throw new TypeError('JSON text has no lone surrogates');
  return JSON.stringify(value);
};
