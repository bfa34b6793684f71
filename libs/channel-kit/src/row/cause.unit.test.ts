import { describe, expect, it } from 'vitest';
import { causeOf, distanceFrom } from './cause.js';
import { withMovement, withWrite, type RowHistory } from './row-history.js';

const span = (from: number, to: number) => ({ from, to });
const at10: RowHistory = { base: { value: 10, span: span(0, 1) }, writes: [], movements: [] };
const written = (value: number, from: number, to: number) => ({
  value,
  span: span(from, to),
  outcome: 'written' as const,
});
const moved = (units: number, from: number, to: number) => ({ span: span(from, to), moved: [units] });

describe('the cause of a figure that nobody expected', () => {
  it('is a crossing where a write and a movement overlap and the write is gone', () => {
    const history = withMovement(withWrite(at10, written(4, 10, 12)), moved(-1, 9, 14));
    expect(causeOf(history, 9)).toBe('crossed');
  });

  it('is a late request where an older figure of ours stands again', () => {
    const first = withWrite(at10, { value: 8, span: span(10, 60), outcome: 'unknown' });
    const history = withWrite(first, written(3, 70, 71));
    expect(causeOf(history, 8)).toBe('late_request');
  });

  it('is a lost decrement where two sales overlap and one is missing', () => {
    const history = withMovement(withMovement(at10, moved(-1, 5, 8)), moved(-2, 5, 8));
    expect(causeOf(history, 8)).toBe('lost_decrement');
    const apart = withMovement(withMovement(at10, moved(-1, 5, 8)), moved(-2, 9, 12));
    expect(causeOf(apart, 8)).toBe('unknown');
  });

  it('is one movement applied twice, up or down', () => {
    expect(causeOf(withMovement(at10, moved(3, 5, 8)), 16)).toBe('double_restock');
    expect(causeOf(withMovement(at10, moved(-3, 5, 8)), 4)).toBe('double_transition');
  });

  it('is unknown where nothing that we know of explains it', () => {
    expect(causeOf(at10, 12)).toBe('unknown');
  });
});

describe('how far a figure lies from what was expected', () => {
  it.each([
    [[10], 10, 0],
    [[10], 12, 2],
    [[10], 7, -3],
    [[4, 9], 9, 0],
    [[4, 9], 7, 3],
    [[4, 9], 2, -2],
    ['unknown', 99, 0],
  ] as const)('%j, read %i: %i', (expected, read, distance) => {
    expect(distanceFrom(expected, read)).toBe(distance);
  });
});
