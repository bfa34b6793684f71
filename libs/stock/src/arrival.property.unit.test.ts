import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, targetLines } from '../testing/commands.js';
import { decideOn, later, now, orderOf, receipt, started } from '../testing/fixtures.js';
import { evolve, type FactCommand, type StockCommand, type StockState, type TargetLine } from './index.js';
import { factKeyOf } from './keys.js';

/* Whatever the order of arrival and however often: what stands in the end is what the newest versions say. */

type Decide = typeof decideOn;
const apply = (commands: readonly StockCommand[], decide: Decide): StockState =>
  commands.reduce((state, command) => {
    const decision = decide(state, command, { now: later(10) });
    return decision.kind === 'refused' ? state : decision.events.reduce(evolve, state);
  }, started.state);

const byName = <Value>(entries: Iterable<readonly [string, Value]>): readonly (readonly [string, Value])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
const balancesOf = (state: StockState) =>
  byName(state.balances.entries()).filter(([, { sellable, reserved, committed, quarantined, damaged }]) =>
    [sellable, reserved, committed, quarantined, damaged].some((units) => units !== 0),
  );

/** A shuffled list in which some appear twice. */
const arrivals = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
  fc
    .tuple(fc.shuffledSubarray([...items], { minLength: items.length }), fc.subarray([...items]))
    .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));

const endsAlike = <Item>(
  items: fc.Arbitrary<readonly Item[]>,
  newest: (all: readonly Item[]) => readonly Item[],
  toCommands: (all: readonly Item[]) => readonly StockCommand[],
  decide: Decide,
): string | undefined => {
  const both = items.chain((all) => fc.tuple(fc.constant(newest(all)), arrivals(all)));
  const outcome = fc.check(
    fc.property(both, ([wanted, arrived]) => {
      expect(balancesOf(apply(toCommands(arrived), decide))).toEqual(balancesOf(apply(toCommands(wanted), decide)));
    }),
    { numRuns: 300 },
  );
  return outcome.failed ? (fc.defaultReportMessage(outcome) ?? 'failed') : undefined;
};

/** A decider that takes every report for a new one. */
const credulous: Decide = (state, command, rest) =>
  decideOn({ ...state, facts: started.state.facts, lines: started.state.lines }, command, rest);

describe('facts', () => {
  const reports = fc.uniqueArray(
    facts.map((command) => command(now) as FactCommand),
    { selector: (command) => `${factKeyOf(command)}|${command.sourceVersion}`, maxLength: 12 },
  );
  const newest = (all: readonly FactCommand[]): readonly FactCommand[] =>
    all.filter(
      (fact) => !all.some((other) => factKeyOf(other) === factKeyOf(fact) && other.sourceVersion > fact.sourceVersion),
    );
  const outcome = (decide: Decide) => endsAlike(reports, newest, (all) => all, decide);

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
  const outcome = (decide: Decide) => endsAlike(told(false), newest, onStock(3), decide);

  it('end with the newest, in any order, doubled or not', () => {
    expect(outcome(decideOn)).toBeUndefined();
  });
  it('end with the newest, units set aside included', () => {
    expect(endsAlike(told(true), newest, onStock(30), decideOn)).toBeUndefined();
  });
  it('control: not where the last to come is believed', () => {
    expect(outcome(credulous)).toBeDefined();
  });
});
