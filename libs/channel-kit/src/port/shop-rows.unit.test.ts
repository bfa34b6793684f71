import { describe, expect, it } from 'vitest';
import { createShopRows } from './shop-rows.js';

const { signal } = new AbortController();

/** A shop that shows more rows than it is asked for. */
const opened = () => {
  const shop = { a: 1, b: 2, c: 3 };
  const [asked, clock]: [string[], { now: number }] = [[], { now: 0 }];
  const rows = createShopRows<number>(
    (keys) => {
      asked.push(keys.join());
      return Promise.resolve({ kind: 'answered', value: new Map(Object.entries(shop)) });
    },
    (quantity) => quantity,
    () => clock.now,
  );
  return { rows, asked, clock };
};

describe('rows that are read back', () => {
  it('are those that were asked for and are there, in that order, whatever comes with them', async () => {
    const { rows } = opened();
    expect(await rows.readBack(['c', 'x', 'a'], signal)).toEqual({
      kind: 'answered',
      value: [
        { row: 'c', quantity: 3 },
        { row: 'a', quantity: 1 },
      ],
    });
  });

  it('are not read once more within a second, and later they are', async () => {
    const { rows, asked, clock } = opened();
    await rows.readBack(['a', 'b'], signal);
    clock.now = 1_000;
    await rows.lately(['b'], signal);
    expect(asked).toEqual(['a,b']);
    clock.now = 1_001;
    await rows.lately(['b'], signal);
    expect(asked).toEqual(['a,b', 'b']);
  });

  it('are read where one of them was not', async () => {
    const { rows, asked } = opened();
    await rows.readBack(['a'], signal);
    await rows.lately(['a', 'x'], signal);
    expect(asked).toEqual(['a', 'a,x']);
  });
});
