import { expect, it } from 'vitest';
import { causes, count, emptyNotes } from '../notes.js';
import { lackingOf } from './enough.js';

const timesMin = 100;

const played = () => {
  const notes = emptyNotes();
  for (const cause of causes) count(notes, cause, timesMin);
  return notes;
};

it('every cause was played often enough', () => expect(lackingOf(played(), causes, timesMin)).toEqual([]));

it.each(causes)('control: %s, played once less, is found', (cause) => {
  const notes = played();
  count(notes, cause, -1);
  expect(lackingOf(notes, causes, timesMin)).toEqual([`${cause}: 99 times, of 100`]);
});

it('control: what was never played is found', () => {
  expect(lackingOf(emptyNotes(), ['a crash'], timesMin)).toEqual(['a crash: 0 times, of 100']);
});
