import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credulous, endsAlike, type Decide } from '../testing/arrivals.js';
import { facts } from '../testing/arbitrary-facts.js';
import { targetLines } from '../testing/arbitrary-requests.js';
import { now } from '../testing/company.js';
import { receipt } from '../testing/facts.js';
import { orderOf } from '../testing/requests.js';
import { decideOn } from '../testing/run.js';
import type { FactCommand, StockCommand, TargetLine } from './index.js';
import { factKeyOf } from './keys.js';

describe('facts', () => {
  const reports = fc.uniqueArray(
    facts.map((command) => command(now) as FactCommand),
    { selector: (command) => `${factKeyOf(command)}|${command.sourceVersion}`, maxLength: 12 },
  );
  const newest = (all: readonly FactCommand[]): readonly FactCommand[] =>
    all.filter(
      (fact) => !all.some((other) => factKeyOf(other) === factKeyOf(fact) && other.sourceVersion > fact.sourceVersion),
    );
  const outcome = (decide: Decide) => endsAlike({ items: reports, newest, toCommands: (all) => all, decide });

  it('end with the newest version of each, in any order, doubled or not', () => {
    expect(outcome(decideOn)).toBeUndefined();
  });
  it('control: not where every report is posted', () => {
    expect(outcome(credulous)).toBeDefined();
  });
});

describe('the targets of an order', () => {
  const versionsOfOne: fc.Arbitrary<readonly TargetLine[]> = fc
    .tuple(...[1, 2, 3, 4].map(targetLines))
    .map((all) => all.map(({ location: _, ...target }) => ({ ...target, line: '1', baselineIssued: 1 })));
  const told = (withheld: boolean) =>
    fc.tuple(versionsOfOne, fc.boolean(), fc.boolean()).map(([all, ships, restocks]) =>
      all.map(({ shipped, restocked, ...target }) => ({
        ...target,
        withheld: withheld ? target.withheld : 0,
        ...(ships && { shipped: Math.min(shipped ?? 0, target.promised) }),
        ...(restocks && { restocked: restocked ?? 0 }),
      })),
    );
  const onStock =
    (units: number) =>
    (all: readonly TargetLine[]): readonly StockCommand[] => [
      receipt(units + 1, { sourceKey: 'one' }),
      receipt(units, { sourceKey: 'two', location: 'wh2' }),
      ...all.map((target) => orderOf('o1', [target])),
    ];
  const newest = (all: readonly TargetLine[]) => all.slice(-1);
  /** Short of units, those set aside depend on what was there to set aside: that is told apart. */
  const outcome = (decide: Decide) => endsAlike({ items: told(false), newest, toCommands: onStock(3), decide });

  it('end with the newest, in any order, doubled or not', () => {
    expect(outcome(decideOn)).toBeUndefined();
  });
  it('end with the newest, units set aside included', () => {
    expect(endsAlike({ items: told(true), newest, toCommands: onStock(30) })).toBeUndefined();
  });
  it('control: not where the last to come is believed', () => {
    expect(outcome(credulous)).toBeDefined();
  });
});
