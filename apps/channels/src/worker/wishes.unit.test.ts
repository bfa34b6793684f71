import { expect, it } from 'vitest';
import { createWishes } from './wishes.js';

it('forgets a hint once it was asked for, and keeps those that came meanwhile', () => {
  const wishes = createWishes();
  wishes.hint(['1', '2']);
  const taken = wishes.take();
  wishes.hint(['3']);
  taken.asked();
  taken.read();
  expect([taken.orders, wishes.take().orders, wishes.isEmpty()]).toEqual([['1', '2'], ['3'], false]);
});

it('answers who waited before the reading alone, when all was read', async () => {
  const wishes = createWishes();
  const first = wishes.wait(['1']);
  const taken = wishes.take();
  const second = wishes.wait(['2']);
  taken.asked();
  expect(wishes.take().orders).toEqual(['1', '2']);
  taken.read();
  await first;
  expect(wishes.take().orders).toEqual(['2']);
  wishes.end();
  await expect(second).rejects.toThrow('has ended');
});

it('has room for a thousand hints of others, and for our own lists', () => {
  const wishes = createWishes();
  wishes.hint(Array.from({ length: 1_500 }, (_, nth) => `${nth}`));
  expect(wishes.take().orders).toHaveLength(1_000);
  wishes.add(['2000']);
  expect(wishes.take().orders).toHaveLength(1_001);
});
