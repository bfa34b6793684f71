import { expect, it } from 'vitest';
import type { RecordedEvent } from '#event-sourcing';
import { chosenOf } from './choose.js';
import type { LostEvent, LostStatus } from './lost-event.js';

const lost = (eventId: string, status: LostStatus): LostEvent => ({ event: { eventId } as RecordedEvent, status });
const all = [lost('a', 'offered'), lost('b', 'known'), lost('c', 'offered')];
const idsOf = (chosen: readonly LostEvent[]): readonly string[] => chosen.map(({ event }) => event.eventId);

it('chooses what is offered alone, in its order', () => {
  expect(idsOf(chosenOf(all, 'all'))).toEqual(['a', 'c']);
  expect(idsOf(chosenOf(all, ['c', 'a']))).toEqual(['a', 'c']);
});

it('control: names an id that is not offered, and chooses nothing', () => {
  expect(() => chosenOf(all, ['a', 'b'])).toThrow('b is not offered: known.');
  expect(() => chosenOf(all, ['a', 'z'])).toThrow('z is not offered: it is not among the lost events.');
});
