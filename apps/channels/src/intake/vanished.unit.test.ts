import { expect, it } from 'vitest';
import { vanishedAlerts, vanishedEachMax, type Vanished } from './vanished.js';

const orders = (count: number): readonly Vanished[] =>
  Array.from({ length: count }, (_, nth) => ({ name: String(100 + nth), isReplaced: false }));
const subjectsOf = (count: number, inHour = count): readonly string[] =>
  vanishedAlerts('web', orders(count), inHour).map(({ subject }) => subject);

it('a few orders that vanish have a ticket each', () => {
  expect(subjectsOf(0)).toEqual([]);
  expect(subjectsOf(2)).toEqual(['100', '101']);
  expect(subjectsOf(vanishedEachMax)).toHaveLength(vanishedEachMax);
});

it('more within an hour have one that counts them, and names those that came last', () => {
  expect(subjectsOf(vanishedEachMax + 1)).toEqual(['']);
  expect(subjectsOf(1, vanishedEachMax + 1)).toEqual(['']);
  const [one] = vanishedAlerts('web', orders(3), 54);
  expect(one?.detail).toMatch(/ 54 orders .*connector\/vanished-orders.*100, 101, 102\.$/u);
});

it("an order whose number is another one's is said to be that", () => {
  const [one] = vanishedAlerts('web', [{ name: '12-AAA', isReplaced: true }], 1);
  expect(one).toMatchObject({ code: 'order_vanished', subject: '12-AAA', level: 'ticket' });
  expect(one?.detail).toContain('to another one');
});
