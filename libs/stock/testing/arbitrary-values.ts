import fc from 'fast-check';
import type { Instant } from '#event-sourcing';
import type { OrderLine, StockCommand } from '../src/index.js';

/* What commands are about: few places and keys, so that they meet. */

/** A command that is made for the moment of its decision. */
export type Timed = (now: Instant) => StockCommand;
/** One that does not depend on it. The values have a command's form. */
export const still = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Timed> =>
  values.map((value) => () => value as never);

export const quantities = fc.integer({ min: 0, max: 9 });
export const warehouses = fc.constantFrom('wh1', 'wh2');
export const keys = fc.constantFrom('a', 'b', 'c', 'd');
export const versions = fc.integer({ min: 1, max: 4 });
/** Seconds before the decision that something happened: now, lately, and before the weekend. */
export const ages = fc.constantFrom(0, 30, 600, 3_600, 400_000);
export const channels = fc.constantFrom('web', 'web', 'b2b');
export const orderKeys = fc.constantFrom('o1', 'o1', 'o2');
export const orderLines: fc.Arbitrary<OrderLine> = fc.record({
  channel: channels,
  orderKey: orderKeys,
  line: fc.constantFrom('1', '1', '2'),
});
export const buckets = fc.constantFrom('sellable' as const, 'quarantined' as const, 'damaged' as const);
