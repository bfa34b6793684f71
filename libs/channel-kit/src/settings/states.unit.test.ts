import { expect, it } from 'vitest';
import { isUnsent, keepsIssue, meaningBy, unmappedIn } from './states.js';

const guessed = { payment: 'paid', issued: false, isMapped: false } as const;

it('a state means what a person has said, else what the shop says', () => {
  expect(meaningBy({}, 'packed', guessed)).toBe(guessed);
  expect(meaningBy({ packed: { payment: 'pending' } }, 'packed', guessed)).toEqual({
    ...{ payment: 'pending', issued: false, isMapped: true },
  });
  expect(meaningBy({}, 'constructor', guessed)).toBe(guessed);
});

it.each([
  ['pending', false, true],
  ['paid', false, true],
  ['paid', true, false],
  ['cancelled', false, false],
] as const)('whether somebody waits for goods that are %s, and left: %s', (payment, issued, is) => {
  expect(isUnsent({ payment, issued })).toBe(is);
});

it.each([
  ['pending', false],
  ['paid', false],
  ['cancelled', false],
  ['failed', true],
  ['refunded', true],
  ['trashed', true],
] as const)('whether goods that left are gone in an order that is %s: %s', (payment, is) => {
  expect(keepsIssue(payment)).toBe(is);
});

it('a state that nobody has mapped is told with what it was taken for, and one that somebody has is not', () => {
  expect(unmappedIn('packed', 'its flags', { ...guessed, issued: true })).toMatchObject([
    { code: 'state_unmapped', detail: expect.stringContaining('packed') as string },
  ]);
  expect(unmappedIn('packed', 'its flags', { ...guessed, isMapped: true })).toEqual([]);
});
