import type { Position } from './event.js';

/** Positions are decimal numbers of this many digits, padded with zeros, so that they compare as strings. */
const positionDigits = 20;

/** The position with this number (a safe integer from 1). */
export const positionOf = (number: number): Position => String(number).padStart(positionDigits, '0');

/** The number of a position; 0 stands before the whole log. */
export const numberOf = (position: Position | undefined): number => (position === undefined ? 0 : Number(position));

/** The position `steps` before this one: where the event itself is the next to be read. Undefined: the beginning. */
export const positionBefore = (position: Position, steps = 1): Position | undefined => {
  const number = numberOf(position) - steps;
  return number > 0 ? positionOf(number) : undefined;
};
