import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credulous, endsAlike, type Decide } from '../testing/arrivals.js';
import { hashed, issueOf, receipt, reporting } from '../testing/facts.js';
import { lineTarget, orderOf } from '../testing/requests.js';
import { decideOn } from '../testing/run.js';
import type { FactCommand, IssueStock, ReturnStock, StockCommand, StockState } from './index.js';
import { factKeyOf, lineKeyOf } from './keys.js';
import { onHandOf } from './state/balances.js';

/*
 * A shop tells versions of its orders, a warehouse what it issued of them and what came back, corrected and voided. They
 * come in any order and twice.
 */

const orders = ['o1', 'o2'] as const;
const lines = ['1', '2'] as const;

const targets = fc
  .record({
    ...{
      orderKey: fc.constantFrom(...orders),
      line: fc.constantFrom(...lines),
      version: fc.integer({ min: 0, max: 3 }),
    },
    ...{ promised: fc.nat(4), cancelled: fc.nat(2), paid: fc.boolean() },
  })
  .map(({ orderKey, line, version, promised, cancelled, paid }) =>
    orderOf(orderKey, [lineTarget(line, version, promised, { ordered: promised + cancelled, paid })]),
  );
const order = fc.record({
  channel: fc.constant('web'),
  orderKey: fc.constantFrom(...orders),
  line: fc.constantFrom(...lines),
});
const report = fc.record({
  ...{ document: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 3 }) },
  ...{ location: fc.constantFrom('wh1', 'wh2'), quantity: fc.nat(3) },
});
const issues = fc
  .tuple(report, order)
  .map(([{ document, version, location, quantity }, line]): IssueStock =>
    issueOf(quantity, { sourceKey: document, sourceVersion: version, location, order: line }),
  );
const returns = fc.tuple(report, order).map(([{ document, version, location, quantity }, line]) =>
  hashed<ReturnStock>({
    ...{ ...reporting('wms'), kind: 'return', sourceKey: document, sourceVersion: version, location, quantity },
    ...{ disposition: 'sellable', order: line },
  }),
);

const keyOf = (command: StockCommand): readonly [string, number] => {
  if (command.kind !== 'order_target')
    return [factKeyOf(command as FactCommand), (command as FactCommand).sourceVersion];
  const [target] = command.lines;
  return [lineKeyOf({ ...command, line: target?.line ?? '' }), target?.version ?? 0];
};
const newest = (all: readonly StockCommand[]): readonly StockCommand[] => {
  const versions = all.map(keyOf);
  return all.filter((_, index) => {
    const [key, version] = versions[index] ?? ['', 0];
    return !versions.some(([other, newer]) => other === key && newer > version);
  });
};
const told = (kinds: readonly fc.Arbitrary<StockCommand>[]) =>
  fc.uniqueArray(fc.oneof(...kinds), { selector: (command) => keyOf(command).join('@'), maxLength: 12 });

const onStock =
  (units: number) =>
  (all: readonly StockCommand[]): readonly StockCommand[] => [
    receipt(units, { sourceKey: 'one' }),
    receipt(units, { sourceKey: 'two', location: 'wh2' }),
    ...all,
  ];

const openOf = ({ lines: open, facts }: StockState, key: string) => {
  const record = open.get(key) ?? facts.get(key);
  if (record?.kind !== 'line') return { committed: 0, issued: 0, returned: 0 };
  const { committed, issued, returned } = record.line;
  return { committed: committed.reduce((sum, { quantity }) => sum + quantity, 0), issued, returned };
};
/** Which place serves which order depends on who comes first; what is there, what is owed and what is left does not. */
const inAll = (state: StockState) => {
  const places = [...state.balances.entries()];
  return {
    onHand: places
      .map(([place, balances]) => [place, onHandOf(balances)])
      .filter(([, units]) => units !== 0)
      .sort(),
    sellable: places.reduce((sum, [, { sellable }]) => sum + sellable, 0),
    lines: orders.flatMap((orderKey) =>
      lines.map((line) => openOf(state, lineKeyOf({ channel: 'web', orderKey, line }))),
    ),
  };
};

const outcome = (units: number, decide: Decide = decideOn) =>
  endsAlike({
    items: told([targets, targets, issues, returns]),
    newest,
    toCommands: onStock(units),
    view: inAll,
    decide,
  });

describe('orders, their issues and returns', () => {
  it.each([0, 2, 20])('end alike in any order, doubled or not, with %s units in each place', (units) => {
    expect(outcome(units)).toBeUndefined();
  });
  it('control: not where the last to come is believed', () => {
    expect(outcome(20, credulous)).toBeDefined();
  });
});
