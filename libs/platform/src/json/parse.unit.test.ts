import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem/problem-error.js';
import { parseStrictJson } from './parse.js';

const parse = (text: string): unknown => parseStrictJson(Buffer.from(text));
const problemOf = (text: string | Buffer): { code: string; field?: string } => {
  try {
    parseStrictJson(Buffer.from(text as string));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, field } = error.problem;
    return { code, ...(field !== undefined && { field }) };
  }
  throw new Error('nothing was refused');
};

/** What JSON.parse would silently turn into something else. */
const plainIntegers = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((name) => name !== 'prototype' && !(name in Object.prototype)),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe('strict JSON', () => {
  it('reads whatever JSON.parse reads, as long as its numbers are plain', () => {
    fc.assert(
      fc.property(plainIntegers, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '-0',
    '-0.0',
    '0.0',
    '1.0',
    '1e3',
    '1E3',
    '1.5',
    '01',
    'NaN',
    'Infinity',
    '-Infinity',
    '-',
    '123456789012345678901234567890',
  ])('refuses the number %s and names its field', (number) => {
    expect(problemOf(`{"a": [{}, {"lines": [0, {"quantity": ${number}}]}]}`)).toEqual({
      code: 'invalid_number',
      field: 'a[1].lines[1].quantity',
    });
  });

  it.each(['9007199254740991', '-9007199254740991', '0', '999999999999999', '1000000000000000'])(
    'reads %s exactly',
    (number) => {
      expect(String(parse(number))).toBe(number);
    },
  );

  it('finds numbers only outside of strings', () => {
    expect(parse('{"a\\"1e400": "-0 and 1e400 \\\\"}')).toEqual({ 'a"1e400': '-0 and 1e400 \\' });
  });

  const reserved = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '\\u005f_proto__'];
  it.each(reserved)('refuses the member %s', (name) => {
    expect(problemOf(`{"a": {"${name}": {"admin": true}}}`)).toMatchObject({ code: 'unknown_field' });
  });

  it('refuses a member that appears twice, escaped or not', () => {
    expect(problemOf('{"lines": [{"quantity": 1, "quant\\u0069ty": 100}]}')).toEqual({
      code: 'duplicate_member',
      field: 'lines[0].quantity',
    });
  });

  it('allows the same name in two objects', () => {
    expect(parse('[{"a": 1}, {"a": 1, "b": {"a": 2}}]')).toHaveLength(2);
  });

  it('refuses deep nesting before it recurses', () => {
    expect(problemOf('['.repeat(500_000))).toMatchObject({ code: 'json_too_deep' });
    expect(problemOf('{"a":'.repeat(17))).toMatchObject({ code: 'json_too_deep' });
    expect(parse(`${'['.repeat(16)}${']'.repeat(16)}`)).toHaveLength(1);
  });

  it.each(['{', '{"a":}', '{"a":1,}', '[1 2]', 'nil', "{'a':1}", '{"a":1}}', '"\u0001"', '\ufeff{}'])(
    'refuses %s as not JSON',
    (text) => {
      expect(problemOf(text)).toMatchObject({ code: 'malformed_json' });
    },
  );

  it('refuses bytes that are not UTF-8', () => {
    expect(problemOf(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ code: 'malformed_json' });
  });
});
