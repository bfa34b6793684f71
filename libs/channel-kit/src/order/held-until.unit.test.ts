import { expect, it } from 'vitest';
import { heldUntil } from './held-until.js';

it('an order for which units are kept is read again when that ends, and looked at a quarter of an hour later', () => {
  expect(heldUntil(60_000, true)).toEqual({ changesAtMillis: 60_000, reviewAtMillis: 960_000 });
});

it('an order for which none are kept any more is looked at all the same, and is not read again for it', () => {
  expect(heldUntil(60_000, false)).toEqual({ reviewAtMillis: 960_000 });
});
