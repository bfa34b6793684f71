import fc from 'fast-check';
import { expect } from 'vitest';
import { later } from './company.js';
import { decideOn, started } from './run.js';
import { evolve, type StockCommand, type StockState } from '../src/index.js';

/* Whatever the order of arrival and however often: what stands in the end is what the newest versions say. */

export type Decide = typeof decideOn;

/** The state after these commands in this order, all within ten seconds; what is refused changes nothing. */
export const apply = (commands: readonly StockCommand[], decide: Decide = decideOn): StockState =>
  commands.reduce((state, command) => {
    const decision = decide(state, command, { now: later(10) });
    return decision.kind === 'refused' ? state : decision.events.reduce(evolve, state);
  }, started.state);

const byName = <Value>(entries: Iterable<readonly [string, Value]>): readonly (readonly [string, Value])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** What stands where: the balances that are not 0, and what is on its way. */
export const standingOf = (state: StockState) => ({
  balances: byName(state.balances.entries()).filter(([, { sellable, reserved, committed, quarantined, damaged }]) =>
    [sellable, reserved, committed, quarantined, damaged].some((units) => units !== 0),
  ),
  transit: byName(state.transit.entries()),
});

/** A shuffled list in which some appear twice. */
export const arrivals = <Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> =>
  fc
    .tuple(fc.shuffledSubarray([...items], { minLength: items.length }), fc.subarray([...items]))
    .chain(([all, again]) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }));

type Ends<Item> = {
  readonly items: fc.Arbitrary<readonly Item[]>;
  /** What alone should count of them. */
  readonly newest: (all: readonly Item[]) => readonly Item[];
  readonly toCommands: (all: readonly Item[]) => readonly StockCommand[];
  /** What has to be the same. */
  readonly view?: (state: StockState) => unknown;
  readonly decide?: Decide;
  readonly numRuns?: number;
};

/** Undefined: all arrivals end alike, as the newest versions alone do. Else the counterexample, with its seed. */
export const endsAlike = <Item>({ items, newest, toCommands, ...rest }: Ends<Item>): string | undefined => {
  const { view = standingOf, decide = decideOn, numRuns = 300 } = rest;
  const both = items.chain((all) => fc.tuple(fc.constant(newest(all)), arrivals(all)));
  const outcome = fc.check(
    fc.property(both, ([wanted, arrived]) => {
      expect(view(apply(toCommands(arrived), decide))).toEqual(view(apply(toCommands(wanted), decide)));
    }),
    { numRuns },
  );
  return outcome.failed ? (fc.defaultReportMessage(outcome) ?? 'failed') : undefined;
};

/** A decider that takes every report for a new one. */
export const credulous: Decide = (state, command, rest) =>
  decideOn({ ...state, facts: started.state.facts, lines: started.state.lines }, command, rest);
