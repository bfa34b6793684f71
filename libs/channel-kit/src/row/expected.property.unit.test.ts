import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedOf } from './expected.js';
import { allows, type NumberSet } from './number-set.js';
import { understood, withMovement, withWrite, type Millis, type RowHistory } from './row-history.js';

/*
 * A row of a shop as it really is, beside what is known of it: whoever sells, writes and reads at whatever moments, the true
 * figure is in the expected set. The shop here knows nothing of sets: it adds, and it is overwritten.
 */

type Sale = { readonly at: Millis; readonly moved: number };
type Step =
  | { readonly kind: 'sale'; readonly moved: number }
  | { readonly kind: 'feed'; readonly during: readonly number[]; readonly seen: boolean }
  | {
      readonly kind: 'write';
      readonly value: number;
      readonly before: readonly number[];
      readonly after: readonly number[];
      /** When a write without an answer takes place: within its request, steps later, or never. */
      readonly takesPlace: 'answered' | 'unanswered' | 'late' | 'never';
    }
  | { readonly kind: 'read'; readonly isBase: boolean };

type World = {
  now: Millis;
  truth: number;
  unseen: readonly Sale[];
  fedAt: Millis;
  late: readonly { readonly value: number; readonly until: Millis }[];
  history: RowHistory;
};

const requestMillisMax = 40;

const begin = (value: number): World => ({
  ...{ now: 10, truth: value, unseen: [], fedAt: 9, late: [] },
  history: { base: { value, span: { from: 8, to: 9 } }, writes: [], movements: [] },
});

const tick = (world: World): Millis => (world.now += 1);
const sell = (world: World, moved: number): void => {
  world.truth += moved;
  world.unseen = [...world.unseen, { at: tick(world), moved }];
};

/** The shop's feed tells what was there when it began, and may tell what came meanwhile. */
const feed = (world: World, during: readonly number[], seen: boolean): void => {
  const from = tick(world);
  for (const moved of during) sell(world, moved);
  const to = tick(world);
  const told = world.unseen.filter(({ at }) => at < from || seen);
  for (const { moved } of told)
    world.history = withMovement(world.history, { span: { from: world.fedAt, to }, moved: [moved] });
  world.unseen = world.unseen.filter((sale) => !told.includes(sale));
  world.fedAt = from;
};

const write = (world: World, step: Extract<Step, { readonly kind: 'write' }>): void => {
  const from = tick(world);
  for (const moved of step.before) sell(world, moved);
  tick(world);
  if (step.takesPlace === 'answered' || step.takesPlace === 'unanswered') world.truth = step.value;
  for (const moved of step.after) sell(world, moved);
  const answered = tick(world);
  const isAnswered = step.takesPlace === 'answered';
  const to = isAnswered ? answered : from + requestMillisMax;
  if (step.takesPlace === 'late') world.late = [...world.late, { value: step.value, until: to }];
  world.history = withWrite(world.history, {
    value: step.value,
    span: { from, to },
    outcome: isAnswered ? 'written' : 'unknown',
  });
};

/** Requests that outlived their client take place now, if they ever do. */
const letLateOnesCome = (world: World): void => {
  const [next, ...rest] = world.late;
  if (next === undefined) return;
  world.late = rest;
  const at = tick(world);
  if (at < next.until) world.truth = next.value;
};

const read = (world: World, isBase: boolean): NumberSet => {
  feed(world, [], true);
  const from = tick(world);
  const expected = expectedOf(world.history);
  const reading = { value: world.truth, span: { from, to: tick(world) } };
  if (isBase && allows(expected, reading.value)) world.history = understood(world.history, reading);
  return expected;
};

const units = fc.integer({ min: -3, max: 2 }).filter((moved) => moved !== 0);
const few = fc.array(units, { maxLength: 2 });
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('sale' as const), moved: units }),
    fc.record({ kind: fc.constant('feed' as const), during: few, seen: fc.boolean() }),
    fc.record({
      kind: fc.constant('write' as const),
      value: fc.integer({ min: 0, max: 20 }),
      before: few,
      after: few,
      takesPlace: fc.constantFrom(
        'answered' as const,
        'answered' as const,
        'unanswered' as const,
        'late' as const,
        'never' as const,
      ),
    }),
    fc.record({ kind: fc.constant('read' as const), isBase: fc.boolean() }),
  ),
  { maxLength: 14 },
);

type Seen = { readonly truth: number; readonly expected: NumberSet };

const play = (opening: number, all: readonly Step[]): readonly Seen[] => {
  const world = begin(opening);
  const seen: Seen[] = [];
  for (const step of all) {
    if (step.kind === 'sale') sell(world, step.moved);
    else if (step.kind === 'feed') feed(world, step.during, step.seen);
    else if (step.kind === 'write') write(world, step);
    else {
      const truth = (): number => world.truth;
      const expected = read(world, step.isBase);
      seen.push({ truth: truth(), expected });
    }
    letLateOnesCome(world);
  }
  return seen;
};

describe('the expected set', () => {
  it('holds the true figure, whoever sells, writes and reads at whatever moments', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), steps, (opening, all) => {
        for (const { truth, expected } of play(opening, all))
          expect(allows(expected, truth), `${truth} in ${JSON.stringify(expected)}`).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is rarely everything, and one figure where nothing overlaps', () => {
    const sets = fc
      .sample(steps, { numRuns: 1_000, seed: 7 })
      .flatMap((all) => play(10, all).map(({ expected }) => expected));
    expect(sets.filter((set) => set === 'unknown').length).toBeLessThan(sets.length / 10);
    const quiet = play(10, [
      { kind: 'sale', moved: -2 },
      { kind: 'read', isBase: true },
      { kind: 'feed', during: [], seen: true },
      { kind: 'write', value: 7, before: [], after: [], takesPlace: 'answered' },
      { kind: 'read', isBase: true },
      { kind: 'feed', during: [], seen: true },
      { kind: 'sale', moved: -1 },
      { kind: 'read', isBase: true },
    ]);
    expect(quiet.map(({ expected }) => expected)).toEqual([[8], [7], [6]]);
  });

  it('a shop that loses one of its decrements is found out', () => {
    const world = begin(10);
    sell(world, -2);
    sell(world, -3);
    world.truth += 2;
    expect(allows(read(world, false), world.truth)).toBe(false);
  });
});
