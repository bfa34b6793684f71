import { describe, expect, it } from 'vitest';
import { numberOf, type RecordedEvent } from '#event-sourcing';
import { anyEvent, sealAll } from '#testing';
import { type RecentBounds, recentEvents } from './recent-events.js';
import { eventAppended } from './recorded-event.js';

const events = (after: number, count: number): readonly RecordedEvent[] =>
  sealAll('stock-a', Array(count).fill(anyEvent())).map((event, index) => eventAppended(event, after + 1 + index));
const large = { eventsMax: 100, bytesMax: 1_000 };
const positions = (found: readonly RecordedEvent[] | undefined): readonly number[] | undefined =>
  found?.map(({ position }) => numberOf(position));

/** With a reader who has read nothing, so that all is kept. */
const keptFor = (bounds: RecentBounds) => {
  const { add, join } = recentEvents(bounds);
  return { add, ...join(0) };
};

describe('recent events', () => {
  it('follow from any position within, over the seams, up to a maximum', () => {
    const recent = keptFor(large);
    recent.add(10, events(10, 3), 3);
    recent.add(13, events(13, 1), 1);
    recent.add(14, events(14, 4), 4);
    expect(positions(recent.following(10, 99))).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
    expect(positions(recent.following(12, 3))).toEqual([13, 14, 15]);
    expect(positions(recent.following(17, 3))).toEqual([18]);
  });

  it('are not there before the first and after the last', () => {
    const recent = keptFor(large);
    expect(recent.following(0, 9)).toBeUndefined();
    recent.add(10, events(10, 3), 3);
    expect(recent.following(9, 9)).toBeUndefined();
    expect(recent.following(13, 9)).toBeUndefined();
  });

  it('begin anew after a gap: what lies in it is not known here', () => {
    const recent = keptFor(large);
    recent.add(0, events(0, 3), 3);
    recent.add(5, events(5, 2), 2);
    expect(recent.following(1, 9)).toBeUndefined();
    expect(positions(recent.following(5, 9))).toEqual([6, 7]);
  });

  it('are bounded by events and by bytes, the oldest go first', () => {
    const byCount = keptFor({ eventsMax: 5, bytesMax: 1_000 });
    const byBytes = keptFor({ eventsMax: 100, bytesMax: 50 });
    for (const recent of [byCount, byBytes])
      for (let after = 0; after < 9; after += 3) recent.add(after, events(after, 3), 30);
    for (const recent of [byCount, byBytes]) {
      expect(recent.following(3, 9)).toBeUndefined();
      expect(positions(recent.following(6, 9))).toEqual([7, 8, 9]);
    }
  });

  it('are dropped once every reader has passed them, and not kept where nobody reads', () => {
    const recent = recentEvents(large);
    recent.add(0, events(0, 3), 3);
    const [slow, fast] = [recent.join(3), recent.join(3)];
    expect(slow.following(0, 9)).toBeUndefined();
    recent.add(3, events(3, 2), 2);
    recent.add(5, events(5, 2), 2);
    fast.passed(7);
    expect(positions(fast.following(3, 9))).toEqual([4, 5, 6, 7]);
    slow.passed(5);
    expect(fast.following(3, 9)).toBeUndefined();
    expect(positions(slow.following(5, 9))).toEqual([6, 7]);
    slow.leave();
    expect(fast.following(5, 9)).toBeUndefined();
  });

  it('share data and metadata with what was appended', () => {
    const [sealed] = sealAll('stock-a', [anyEvent('Noted', { deep: { er: 1 } })]);
    const recent = keptFor(large);
    recent.add(0, [eventAppended(sealed!, 1)], 1);
    const [event] = recent.following(0, 1)!;
    expect(event!.data).toBe(sealed!.data);
    expect(event!.metadata).toBe(sealed!.metadata);
    expect(recent.following(0, 1)![0]).toBe(event);
  });
});
