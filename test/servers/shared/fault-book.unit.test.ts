import { expect, it } from 'vitest';
import { createFaultBook } from './fault-book.js';

const orders = { resource: 'orders', method: 'GET' };

it('meets what it is about, as often as it says, and after as many as it spares', () => {
  const book = createFaultBook<string>();
  book.add({ fault: 'once', resource: 'orders', times: 1, after: 1 });
  book.add({ fault: 'writes', method: 'PUT' });
  expect(book.take({ resource: 'stock', method: 'GET' })).toEqual([]);
  expect([1, 2, 3].map(() => book.take(orders))).toEqual([[], ['once'], []]);
  expect(book.take({ ...orders, method: 'PUT' })).toEqual(['writes']);
});

it('is healed one by one, or all at once, which lets go who waits', async () => {
  const book = createFaultBook<string>();
  const healOne = book.add({ fault: 'one' });
  book.add({ fault: 'other' });
  healOne();
  expect(book.take(orders)).toEqual(['other']);
  const held = [book.hold(), book.hold()];
  expect(book.held()).toBe(2);
  book.heal();
  await Promise.all(held);
  expect([book.held(), book.take(orders)]).toEqual([0, []]);
});
