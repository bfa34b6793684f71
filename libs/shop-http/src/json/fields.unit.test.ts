import { describe, expect, it } from 'vitest';
import { dateOf, FieldError, momentOf } from './fields.js';

describe('a date without its zone', () => {
  it('is in UTC, also where a clock is set forward at that hour', () => {
    expect(momentOf(dateOf({ at: '2026-03-29T02:30:00' }, 'at'))).toBe(Date.UTC(2026, 2, 29, 2, 30));
  });

  it.each(['2026-03-29', '2026-03-29T02:30:00Z', '', null, 5])('is nothing else: %j', (at) => {
    expect(() => dateOf({ at }, 'at')).toThrow(FieldError);
  });
});
