import type { Position } from './event.js';

/** Positions are decimal numbers of this many digits, padded with zeros, so that they compare as strings. */
const positionDigits = 20;

/** By how many digits follow them. Every event's position is made twice or more: `padStart` took six times as long. */
const zerosBefore = Array.from({ length: positionDigits + 1 }, (_, digits) => '0'.repeat(positionDigits - digits));

/** The position with this number (a safe integer from 1). */
export const positionOf = (number: number): Position => {
  const digits = String(number);
  return `${zerosBefore[digits.length] ?? ''}${digits}`;
};

/** The number of a position; 0 stands before the whole log. */
export const numberOf = (position: Position | undefined): number => (position === undefined ? 0 : Number(position));

/** The position `steps` before this one: where the event itself is the next to be read. Undefined: the beginning. */
export const positionBefore = (position: Position, steps = 1): Position | undefined => {
  const number = numberOf(position) - steps;
  return number > 0 ? positionOf(number) : undefined;
};
