import { describe, expect, it } from 'vitest';
import { numberOf, type RecordedEvent } from '#event-sourcing';
import { anyEvent, sealAll } from '#testing';
import { recentEvents } from './recent-events.js';
import { eventAppended } from './recorded-event.js';

const events = (after: number, count: number): readonly RecordedEvent[] =>
  sealAll('stock-a', Array(count).fill(anyEvent())).map((event, index) => eventAppended(event, after + 1 + index));
const large = { eventsMax: 100, bytesMax: 1_000 };
const positions = (found: readonly RecordedEvent[] | undefined): readonly number[] | undefined =>
  found?.map(({ position }) => numberOf(position));

describe('recent events', () => {
  it('follow from any position within, over the seams, up to a maximum', () => {
    const recent = recentEvents(large);
    recent.add(10, events(10, 3), 3);
    recent.add(13, events(13, 1), 1);
    recent.add(14, events(14, 4), 4);
    expect(positions(recent.following(10, 99))).toEqual([11, 12, 13, 14, 15, 16, 17, 18]);
    expect(positions(recent.following(12, 3))).toEqual([13, 14, 15]);
    expect(positions(recent.following(17, 3))).toEqual([18]);
  });

  it('are not there before the first and after the last', () => {
    const recent = recentEvents(large);
    expect(recent.following(0, 9)).toBeUndefined();
    recent.add(10, events(10, 3), 3);
    expect(recent.following(9, 9)).toBeUndefined();
    expect(recent.following(13, 9)).toBeUndefined();
  });

  it('begin anew after a gap: what lies in it is not known here', () => {
    const recent = recentEvents(large);
    recent.add(0, events(0, 3), 3);
    recent.add(5, events(5, 2), 2);
    expect(recent.following(1, 9)).toBeUndefined();
    expect(positions(recent.following(5, 9))).toEqual([6, 7]);
  });

  it('are bounded by events and by bytes, the oldest go first', () => {
    const byCount = recentEvents({ eventsMax: 5, bytesMax: 1_000 });
    const byBytes = recentEvents({ eventsMax: 100, bytesMax: 50 });
    for (const recent of [byCount, byBytes])
      for (let after = 0; after < 9; after += 3) recent.add(after, events(after, 3), 30);
    for (const recent of [byCount, byBytes]) {
      expect(recent.following(3, 9)).toBeUndefined();
      expect(positions(recent.following(6, 9))).toEqual([7, 8, 9]);
    }
  });

  it('share data and metadata with what was appended', () => {
    const [sealed] = sealAll('stock-a', [anyEvent('Noted', { deep: { er: 1 } })]);
    const recent = recentEvents(large);
    recent.add(0, [eventAppended(sealed!, 1)], 1);
    const [event] = recent.following(0, 1)!;
    expect(event!.data).toBe(sealed!.data);
    expect(event!.metadata).toBe(sealed!.metadata);
    expect(recent.following(0, 1)![0]).toBe(event);
  });
});
