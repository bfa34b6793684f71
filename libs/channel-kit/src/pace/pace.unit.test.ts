import { describe, expect, it } from 'vitest';
import { defaultBounds, initialPace, pacedBy, restAfter, type Pace } from './pace.js';

const played = (perRow: readonly number[], from: Pace = initialPace(defaultBounds)): Pace =>
  perRow.reduce((pace, millis) => pacedBy(pace, pace.rows, pace.rows * millis, defaultBounds), from);

describe('the pace of writes', () => {
  it('grows to the most rows while the shop answers as fast as it can', () => {
    expect(played(Array.from({ length: 10 }, () => 0.7)).rows).toBe(defaultBounds.rowsMax);
  });

  it('falls when a row takes twice as long, to the fewest rows and no further', () => {
    const fast = played(Array.from({ length: 10 }, () => 0.7));
    expect(played([1.6], fast).rows).toBe(defaultBounds.rowsMax / 2);
    expect(played([1.6, 1.6, 1.6, 1.6], fast).rows).toBe(defaultBounds.rowsMin);
  });

  it('a small request says nothing of it', () => {
    const fast = played(Array.from({ length: 10 }, () => 0.7));
    expect(pacedBy(fast, 3, 500, defaultBounds)).toBe(fast);
  });

  it('a shop that has become slower for good is fast again, some time later', () => {
    const fast = played(Array.from({ length: 10 }, () => 0.7));
    expect(
      played(
        Array.from({ length: 200 }, () => 1.6),
        fast,
      ).rows,
    ).toBe(defaultBounds.rowsMax);
  });
});

it('a shop is never left alone for longer than twice what it did, though our clock be set back by an hour', () => {
  expect(restAfter(100, -3_600_000)).toBe(200);
});
