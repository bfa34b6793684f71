import { expect, it } from 'vitest';
import { newRecord, wrote, type RowRecord } from './row-record.js';

const sentAt = 1_000_000;
const read: RowRecord = {
  ...newRecord('1-0'),
  history: { base: { value: 5, span: { from: sentAt - 10, to: sentAt - 5 } }, writes: [], movements: [] },
};

const checksOf = (outcome: 'written' | 'unknown'): readonly number[] =>
  wrote(read, { value: 3, span: { from: sentAt, to: sentAt + 60_000 }, outcome }, sentAt).checks.map(
    (at) => (at - sentAt) / 1_000,
  );

it('a row is read again 2 and 60 seconds after a write that was answered', () => {
  expect(checksOf('written')).toEqual([2, 60]);
});

it('a request without an answer may still come: its row is read meanwhile, too, and at its end', () => {
  expect(checksOf('unknown')).toEqual([2, 20, 40, 60]);
});

it('and so it is where the row is written again meanwhile', () => {
  const unanswered = wrote(read, { value: 3, span: { from: sentAt, to: sentAt + 60_000 }, outcome: 'unknown' }, sentAt);
  const [from, to] = [sentAt + 25_000, sentAt + 25_100];
  const again = wrote(unanswered, { value: 2, span: { from, to }, outcome: 'written' }, to);
  expect(again.checks.map((at) => (at - sentAt) / 1_000)).toEqual([27.1, 40, 60, 85.1]);
});

it('whose answer was waited for in vain is looked for from when it was sent', () => {
  const givenUpAt = sentAt + 30_000;
  const { checks } = wrote(
    read,
    { value: 3, span: { from: sentAt, to: sentAt + 60_000 }, outcome: 'unknown' },
    givenUpAt,
  );
  expect(checks.map((at) => (at - sentAt) / 1_000)).toEqual([32, 40, 60, 90]);
});
