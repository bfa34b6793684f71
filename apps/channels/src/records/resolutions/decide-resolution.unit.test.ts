import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingStates, type KeptFinding } from '../findings/findings.js';
import { decideResolution, type Known } from './decide-resolution.js';
import type { Decided, Effect, Saying } from './resolution.js';

const now = '2026-03-02T08:00:00.000Z';
const known: Known = { now, unitsPerSale: 1 };
const id = '0b5f3c1e-8a51-4c8e-9a40-0d2f1c9a7e11';

const held: KeptFinding = {
  ...{ id, channel: 'web', row: '42', sku: 'A', kind: 'drift_held', units: 15, cause: 'unknown' },
  ...{ read: 5, expected: [20], hold: 'too_much', written: null, target: 20, since: null },
  ...{ at: '2026-03-02T03:00:00.000Z', state: 'open', snoozedUntil: null },
};
/** An employee typed 12 over 5. */
const above: KeptFinding = {
  ...{ ...held, kind: 'above', units: 7, read: 12, expected: [5], hold: null, written: 5, target: 5 },
  state: 'resolvable',
};

const effectsOf = (decided: Decided): readonly Effect[] =>
  decided.kind === 'planned' ? decided.plan.effects : expect.unreachable(JSON.stringify(decided));
const kindsOf = (decided: Decided) => effectsOf(decided).map(({ kind }) => kind);
const adjustmentOf = (decided: Decided) => effectsOf(decided).find(({ kind }) => kind === 'adjust');
const leavesOf = (decided: Decided) => (decided.kind === 'planned' ? decided.plan.leaves : decided.refusal.code);

const atWarehouse: Saying = { how: 'shop_is_right', location: 'wh1' };
const sayings: readonly Saying[] = [
  { how: 'ledger_is_right' },
  atWarehouse,
  { how: 'shop_missed_orders', from: '2026-03-01T20:00:00.000Z', to: '2026-03-02T04:00:00.000Z' },
  { how: 'count_it' },
  { how: 'snooze', until: '2026-03-03T08:00:00.000Z' },
];

describe('what follows from what a person says', () => {
  it('the ledger is right: the row goes on', () => {
    const decided = decideResolution(held, { how: 'ledger_is_right' }, known);
    expect(effectsOf(decided)[0]).toEqual({ kind: 'release', channel: 'web', row: '42' });
    expect(leavesOf(decided)).toBe('resolved');
  });

  it('the shop is right: what it lacks is taken off at the location, by units per sale, and then the row goes on', () => {
    const decided = decideResolution(held, atWarehouse, { ...known, unitsPerSale: 6 });
    expect(kindsOf(decided).slice(0, 2)).toEqual(['adjust', 'release']);
    const key = `finding-${id}`;
    expect(adjustmentOf(decided)).toEqual({ kind: 'adjust', key, sku: 'A', location: 'wh1', quantity: -90 });
  });

  it('the shop was right that had more: the ledger gets it, and no row waited', () => {
    const decided = decideResolution(above, atWarehouse, known);
    expect(adjustmentOf(decided)).toMatchObject({ quantity: 7 });
    expect([kindsOf(decided).includes('release'), leavesOf(decided)]).toEqual([false, 'resolved']);
  });

  it('the shop missed orders: they are read again, and the row waits as before', () => {
    const decided = decideResolution(held, sayings[2]!, known);
    expect([kindsOf(decided), leavesOf(decided)]).toEqual([['reread_orders'], 'open']);
    const snoozed = { ...held, state: 'snoozed', snoozedUntil: '2026-03-03T08:00:00.000Z' } as const;
    expect(decideResolution(snoozed, sayings[2]!, known)).toMatchObject({
      plan: { leaves: 'snoozed', snoozedUntil: snoozed.snoozedUntil },
    });
  });

  it('count it: the row waits, and somebody has work', () => {
    const decided = decideResolution(held, { how: 'count_it' }, known);
    expect([kindsOf(decided), leavesOf(decided)]).toEqual([['raise_alert', 'settle_alert'], 'counting']);
  });

  it('snooze: the row waits, and nobody is asked until then', () => {
    const decided = decideResolution(held, sayings[4]!, known);
    expect(decided).toMatchObject({ plan: { leaves: 'snoozed', snoozedUntil: '2026-03-03T08:00:00.000Z' } });
    expect(kindsOf(decided)).not.toContain('release');
  });

  it.each<[string, KeptFinding, Saying, Partial<Known>]>([
    ['finding_resolved', { ...held, state: 'resolved' }, sayings[0]!, {}],
    ['finding_only_noted', { ...held, kind: 'below', state: 'noted' }, sayings[0]!, {}],
    ['row_not_listed', held, atWarehouse, { unitsPerSale: undefined }],
    ['row_not_held', above, sayings[4]!, {}],
    ['time_range_unfit', held, { how: 'snooze', until: now }, {}],
    ['time_range_unfit', held, { how: 'snooze', until: '2026-05-01T08:00:00.000Z' }, {}],
    ['time_range_unfit', held, { how: 'shop_missed_orders', from: now, to: now }, {}],
    ['time_range_unfit', held, { how: 'shop_missed_orders', from: '2026-01-01T00:00:00.000Z', to: now }, {}],
    ['time_range_unfit', held, { how: 'shop_missed_orders', from: now, to: '2026-03-02T09:00:00.000Z' }, {}],
  ])('is nothing, with a reason: %s', (code, finding, saying, more) => {
    expect(leavesOf(decideResolution(finding, saying, { ...known, ...more }))).toBe(code);
  });
});

const anyFinding = fc.record({
  kind: fc.constantFrom('above' as const, 'drift_held' as const),
  state: fc.constantFrom(...findingStates),
  units: fc.integer({ min: 1, max: 1_000 }),
});

/** A row that waits goes on where a person has said what is right, after the ledger was told, and never else. */
const isSound = (finding: KeptFinding, decided: Decided): boolean => {
  if (decided.kind === 'refused') return true;
  const kinds = kindsOf(decided);
  const releases = kinds.indexOf('release');
  const isEnd = decided.plan.leaves === 'resolved';
  if (finding.kind === 'drift_held' && isEnd !== releases >= 0) return false;
  return !kinds.includes('adjust') || releases < 0 || kinds.indexOf('adjust') < releases;
};

describe('whatever is said of whatever finding', () => {
  it('a row goes on only when somebody has said what is right, and only after the ledger was told', () => {
    fc.assert(
      fc.property(anyFinding, fc.constantFrom(...sayings), (some, saying) => {
        const finding = { ...held, ...some };
        expect(isSound(finding, decideResolution(finding, saying, known))).toBe(true);
      }),
    );
  });

  it('control: a row that goes on before the ledger was told is seen, and one that goes on while it is counted', () => {
    const effects = effectsOf(decideResolution(held, atWarehouse, known));
    expect(isSound(held, { kind: 'planned', plan: { effects: effects.toReversed(), leaves: 'resolved' } })).toBe(false);
    expect(isSound(held, { kind: 'planned', plan: { effects, leaves: 'counting' } })).toBe(false);
  });
});
