import { expect, it } from 'vitest';
import { mostTrueOf, type Deciding, type Moment } from './most-true.js';

const at = 1_000_000;
const ago = (seconds: number): number => at - seconds * 1_000;
const moment = (seconds: number, should: number, left: number, own = 0): Moment => ({
  ...{ at: ago(seconds), should, left, own },
});
const deciding: Deciding = { at, isAway: false, heard: 0, makingSince: undefined, unitsPerSale: 1 };

/** Another shop begins to make an order of one; units arrive meanwhile, of which everybody is told. */
const making = [moment(41.2, 90, 0), moment(13.5, 89, 1), moment(8.1, 92, 1)];

it('an order in the making is promised nowhere else, however long ago it was begun', () => {
  expect(mostTrueOf(making, { ...deciding, makingSince: ago(13.5) })).toBe(93);
});

it('control: without it the same figures are one too many, as they are for what was sold at another moment', () => {
  expect(mostTrueOf(making, deciding)).toBe(92);
  expect(mostTrueOf(making, { ...deciding, makingSince: ago(20) })).toBe(92);
});

it('what was sold before or after it began has been heard of in time', () => {
  const more = [moment(60, 90, 0), moment(40, 88, 2), moment(30, 87, 3), moment(20, 85, 5), moment(15, 88, 5)];
  expect(mostTrueOf(more, { ...deciding, makingSince: ago(30) })).toBe(89);
});

it('an order that was begun of late is counted once', () => {
  const late = [moment(41, 90, 0), moment(5, 89, 1)];
  expect(mostTrueOf(late, { ...deciding, makingSince: ago(5) })).toBe(mostTrueOf(late, deciding));
});

it('what this very shop has sold is known as far as its feed has told', () => {
  const own = [moment(41, 90, 0), moment(5, 89, 1, 1)];
  expect(mostTrueOf(own, { ...deciding, heard: 1 })).toBe(89);
  expect(mostTrueOf(own, { ...deciding, heard: 0 })).toBe(91);
});

it('while the feed of a shop is away nothing of the last minutes has been heard of', () => {
  expect(mostTrueOf(making, { ...deciding, isAway: true })).toBe(93);
});
