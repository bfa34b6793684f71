import { expect, it } from 'vitest';
import { positionOf, type RecordedEvent } from '#event-sourcing';
import { type History, problemsOf } from './check-history.js';
import { writeOf } from './writes.js';

const recorded = (stream: string, positions: readonly number[]): readonly RecordedEvent[] =>
  writeOf(stream, positions.length).events.map((event, index) => ({
    ...event,
    position: positionOf(positions[index] ?? 0),
  }));
const [one, two] = [recorded('stock-1', [10, 30, 40]), recorded('stock-2', [20])];
const id = ({ eventId }: RecordedEvent): string => eventId;
const ids = [one[0]!, two[0]!, one[1]!, one[2]!].map(id);
const whole: History = {
  acknowledged: ids,
  streams: [one, two],
  subscribers: [
    { ids: ids.slice(0, 3), streams: ['stock-1', 'stock-2'] },
    { ids: one.map(id), streams: ['stock-1'] },
  ],
};
const delivered = (given: readonly string[]): History => ({
  ...whole,
  subscribers: [{ ids: given, streams: ['stock-1', 'stock-2'] }],
});

it('finds nothing wrong with a history that is whole', () => {
  expect(problemsOf(whole)).toEqual([]);
});

it.each([
  ['lost what was acknowledged', { ...whole, acknowledged: [...ids, 'gone'] }],
  ['stored twice', { ...whole, streams: [one, two, one] }],
  ['left a gap in a stream', { ...whole, streams: [one.slice(1), two], acknowledged: [], subscribers: [] }],
  ['skipped an event', delivered([ids[0]!, ids[2]!])],
  ['delivered twice', delivered([ids[0]!, ids[0]!])],
  ['delivered out of order', delivered([ids[1]!, ids[0]!])],
  ['delivered what is not there', delivered([...ids, 'more'])],
])('control: it finds a store that %s', (_, history) => {
  expect(problemsOf(history)).not.toEqual([]);
});
