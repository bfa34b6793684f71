import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordLimits } from '../limits.js';
import { keptPayloadOf } from './kept-payload.js';

describe('a kept payload', () => {
  it('is JSON within its bytes, whatever came', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true });
    const large = fc.array(fc.string({ unit: 'binary', minLength: 50, maxLength: 80 }), {
      minLength: 100,
      maxLength: 150,
    });
    fc.assert(
      fc.property(fc.oneof(anything, large), (payload) => {
        const { text } = keptPayloadOf({ payload });
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(recordLimits.payloadBytesMax);
        expect(() => JSON.parse(text) as unknown).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  it('of a large one says how large it was, and how it begins', () => {
    const { text } = keptPayloadOf({ rows: Array.from({ length: 900 }, (_, nth) => `row ${nth}`) });
    expect(JSON.parse(text)).toMatchObject({ cutFromBytes: expect.any(Number) as number });
    expect(text).toContain('rows');
  });

  it('is told apart from another one by its hash, also where they are redacted alike', () => {
    const [one, other] = ['ada', 'eve'].map((firstname) => keptPayloadOf({ firstname }));
    expect(one?.text).toBe(other?.text);
    expect(one?.sha256).not.toEqual(other?.sha256);
    expect(one?.sha256).toEqual(createHash('sha256').update('{"firstname":"ada"}').digest());
  });

  it('is none where there was none', () => {
    expect(keptPayloadOf(undefined)).toEqual({ text: '', sha256: undefined });
  });
});
