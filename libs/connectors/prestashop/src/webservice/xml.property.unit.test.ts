import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedVersions } from '../../testing/recorded/index.js';
import { recordedAnswer } from '../../testing/replay/recorded-answers.js';
import { isNested } from './nesting.js';
import { rowsInList } from './resource.js';
import { stockAvailables } from './resources/stock-availables.js';
import { documentOf } from './xml.js';

const rowsIn = (body: string): number | undefined => {
  const document = documentOf(body);
  if (document.kind === 'failed') return undefined;
  const rows = rowsInList(stockAvailables, document.value);
  return rows.kind === 'ok' ? rows.value.length : undefined;
};

describe.each(recordedVersions)('a list recorded on %s', (version) => {
  const { body } = recordedAnswer(version, 'list: full');
  const whole = body.trimEnd();

  it('is never taken for whole when it is cut, wherever', () => {
    for (let length = 0; length < whole.length; length += 1) expect(rowsIn(whole.slice(0, length))).toBeUndefined();
    expect(rowsIn(whole)).toBe(2);
  });

  it('loses no row without a word when something is printed into it', () => {
    const printed = fc.constantFrom(
      '<br />',
      '<b>Notice</b>',
      '<b>',
      '</b>',
      '</stock_available>',
      '<stock_available>',
      'x',
      '<!--',
      '&',
    );
    const places = fc.integer({ min: 0, max: whole.length });
    fc.assert(
      fc.property(printed, places, (text, at) => {
        const rows = rowsIn(whole.slice(0, at) + text + whole.slice(at));
        if (rows !== undefined) expect(rows).toBe(2);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('nesting', () => {
  it.each(['<a><b/></a>', '<a b="1"><![CDATA[<x>]]></a>', '<?xml version="1.0"?><a><!-- </b> --></a>', ''])(
    'holds: %s',
    (text) => {
      expect(isNested(text)).toBe(true);
    },
  );

  it.each([
    '<a><b></a>',
    '<a></a></b>',
    '<a>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a></a>',
    '<a><![CDATA[x</a>',
    '<a><</a>',
  ])('does not: %s', (text) => {
    expect(isNested(text)).toBe(false);
  });
});
