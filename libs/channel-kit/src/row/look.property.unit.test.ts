import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDue, lookAt, type Evidence } from './look.js';
import { heard, movedBy, newRecord, wrote, type RowRecord } from './row-record.js';

/*
 * A row, its shop and a ledger, each with books of its own: shoppers buy, others sell the same units elsewhere, writes are
 * crossed, lost or late, somebody types figures. When all is quiet the row is right, or a person has been asked.
 */

type WriteFate = 'answered' | 'crossed' | 'unanswered' | 'late' | 'never';
type Step =
  | { readonly kind: 'sale' | 'restock' | 'elsewhere' | 'receipt'; readonly units: number }
  | { readonly kind: 'typed'; readonly value: number }
  | { readonly kind: 'lost decrement' }
  | { readonly kind: 'pass'; readonly millis: number }
  | { readonly kind: 'look'; readonly fate: WriteFate };

type World = {
  now: number;
  row: number;
  ledger: number;
  sequence: number;
  /** What the shop did and its feed has not told yet. */
  untold: readonly number[];
  fedAt: number;
  late: readonly { readonly value: number; readonly at: number }[];
  record: RowRecord;
  readonly evidence: Evidence[];
  /** Units that stood in the row above the ledger's right after a write of ours that nothing crossed. */
  excess: number;
};

const requestMillisMax = 60_000;

const begin = (units: number): World => ({
  ...{ now: 1_000, row: units, ledger: units, sequence: 1, untold: [], fedAt: 0, late: [] },
  ...{ record: newRecord('row'), evidence: [], excess: 0 },
});

const pass = (world: World, millis: number): void => {
  world.now += millis;
  for (const { value } of world.late.filter(({ at }) => at <= world.now)) world.row = value;
  world.late = world.late.filter(({ at }) => at > world.now);
};

const move = (world: World, units: number): void => {
  pass(world, 1);
  world.row += units;
  world.untold = [...world.untold, units];
};

const announce = (world: World): void => {
  world.record = heard(world.record, { shown: Math.max(0, world.ledger), held: 0, sequence: (world.sequence += 1) });
};

const readFeed = (world: World): void => {
  const from = world.now;
  pass(world, 5);
  for (const moved of world.untold) {
    world.record = movedBy(world.record, { span: { from: world.fedAt, to: world.now }, moved: [moved] });
    world.ledger += moved;
  }
  world.untold = [];
  world.fedAt = from;
  announce(world);
};

const unsold = ({ ledger, untold }: World): number => untold.reduce((units, moved) => units + moved, ledger);

const write = (world: World, value: number, fate: WriteFate): void => {
  const from = world.now;
  const before = world.row;
  pass(world, 2);
  if (fate === 'answered' || fate === 'unanswered') world.row = value;
  if (fate === 'crossed') {
    world.row = before - 1;
    world.untold = [...world.untold, -1];
  }
  if (fate === 'late') world.late = [...world.late, { value, at: from + requestMillisMax - 1_000 }];
  if (fate === 'answered') world.excess = Math.max(world.excess, world.row - Math.max(0, unsold(world)));
  pass(world, 2);
  const isAnswered = fate === 'answered' || fate === 'crossed';
  const span = { from, to: isAnswered ? world.now : from + requestMillisMax };
  world.record = wrote(world.record, { value, span, outcome: isAnswered ? 'written' : 'unknown' }, world.now);
};

/** A scan looks at rows of which nothing is known to be wrong. */
const look = (world: World, fate: WriteFate, isScan = false): void => {
  readFeed(world);
  const target = Math.max(0, world.ledger);
  pass(world, 1);
  if (!isScan && !isDue(world.record, target, world.now)) return;
  const from = world.now;
  const value = world.row;
  pass(world, 1);
  const seen = lookAt(
    world.record,
    { value, span: { from, to: world.now } },
    {
      ...{ target, unconfirmed: 0, isFeedStale: false, feedWholeAt: world.fedAt, now: world.now },
      channel: { raisedToday: 0, drifting: 1, rows: 1_000 },
    },
  );
  world.record = seen.record;
  if (seen.evidence !== undefined) world.evidence.push(seen.evidence);
  if (seen.decision.kind === 'write') write(world, seen.decision.value, fate);
};

const apply = (world: World, step: Step): void => {
  if (step.kind === 'sale') move(world, -step.units);
  else if (step.kind === 'restock') move(world, step.units);
  else if (step.kind === 'elsewhere') world.ledger -= step.units;
  else if (step.kind === 'receipt') world.ledger += step.units;
  else if (step.kind === 'typed') world.row = step.value;
  else if (step.kind === 'pass') pass(world, step.millis);
  else if (step.kind === 'look') look(world, step.fate);
  else {
    move(world, -1);
    world.untold = [...world.untold, -1];
  }
};

const settle = (world: World): void => {
  for (let round = 0; round < 8; round += 1) {
    pass(world, 61_000);
    look(world, 'answered', true);
  }
};

const units = fc.integer({ min: 1, max: 3 });
const honest = [
  fc.record({
    kind: fc.constantFrom('sale' as const, 'restock' as const, 'elsewhere' as const, 'receipt' as const),
    units,
  }),
  fc.record({ kind: fc.constant('pass' as const), millis: fc.integer({ min: 1, max: 70_000 }) }),
];
const looks = (...fates: readonly WriteFate[]) =>
  fc.record({ kind: fc.constant('look' as const), fate: fc.constantFrom(...fates) });
const faults = [
  fc.record({ kind: fc.constant('typed' as const), value: fc.integer({ min: 0, max: 20 }) }),
  fc.constant({ kind: 'lost decrement' as const }),
];
const stepsOf = (...kinds: readonly fc.Arbitrary<Step>[]) => fc.array(fc.oneof(...kinds), { maxLength: 25 });

const play = (steps: readonly Step[]): World => {
  const world = begin(10);
  look(world, 'answered');
  for (const step of steps) apply(world, step);
  return world;
};

describe('looking at a row', () => {
  const usual = stepsOf(...honest, looks('answered', 'unanswered', 'never'));
  const everything = stepsOf(...honest, ...faults, looks('answered', 'crossed', 'unanswered', 'late', 'never'));

  it('brings it to what the ledger says, and finds nothing odd where the shop and the way to it are honest', () => {
    fc.assert(
      fc.property(usual, (steps) => {
        const world = play(steps);
        settle(world);
        expect(world.evidence).toEqual([]);
        expect(world.row).toBe(Math.max(0, world.ledger) === 0 ? Math.min(0, world.row) : world.ledger);
      }),
      { numRuns: 1_500 },
    );
  });

  it('brings it there whatever happens, or asks a person and leaves it low', () => {
    fc.assert(
      fc.property(everything, (steps) => {
        const world = play(steps);
        settle(world);
        const right = Math.max(0, world.ledger);
        if (world.record.hold === undefined) expect(Math.max(0, world.row)).toBe(right);
        else expect(world.row).toBeLessThanOrEqual(right);
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves no unit in it that is not there, by any write that nothing crossed', () => {
    fc.assert(
      fc.property(everything, (steps) => {
        expect(play(steps).excess).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_500 },
    );
  });

  it('a write that does not read the feed first is found to put units back that are sold', () => {
    const world = play([{ kind: 'sale', units: 2 }]);
    write(world, world.ledger, 'answered');
    expect(world.excess).toBe(2);
  });

  it('a person is asked in some of them, and drift is raised in some', () => {
    const kinds = fc
      .sample(everything, { numRuns: 400, seed: 3 })
      .map((steps) => play(steps))
      .map((world) => (settle(world), world.evidence.map(({ kind }) => kind)));
    for (const kind of ['above', 'below', 'drift_raised', 'drift_held'] as const)
      expect(
        kinds.some((some) => some.includes(kind)),
        kind,
      ).toBe(true);
  });

  it('an older announcement changes nothing', () => {
    const record = heard(newRecord('row'), { shown: 4, held: 0, sequence: 7 });
    expect(heard(record, { shown: 9, held: 0, sequence: 7 })).toBe(record);
    expect(heard(record, { shown: 9, held: 0, sequence: 6 })).toBe(record);
  });
});
