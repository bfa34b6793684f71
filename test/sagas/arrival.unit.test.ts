import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaymentState, Snapshot, SnapshotLine } from '#orders';
import type { StockState } from '#stock';
import { callerWith, freshStore, receive, startProcess, stateOf, type Process } from './ledger-process.js';

const skus = ['A', 'B'] as const;
const figure = fc.integer({ min: 0, max: 6 });
const anyLine = (id: string): fc.Arbitrary<SnapshotLine> =>
  fc.record(
    {
      line: fc.constant(id),
      product: fc.record({ sku: fc.constantFrom(...skus), unitsPerSale: fc.constantFrom(1, 2) }),
      ordered: figure,
      cancelled: figure,
      shipped: figure,
      refunded: figure,
      restocked: figure,
    },
    { requiredKeys: ['line', 'product', 'ordered', 'cancelled'] },
  );
const withoutRefunds = (id: string): fc.Arbitrary<SnapshotLine> =>
  anyLine(id).map(({ refunded: _refunded, ...line }) => line);

const payment = fc.constantFrom<PaymentState>('pending', 'paid', 'failed', 'cancelled', 'refunded', 'trashed');

const snapshotOf = (version: number, state: PaymentState, lines: readonly (SnapshotLine | null)[]): Snapshot => ({
  version,
  placedAt: '2026-03-01T09:00:00.000Z',
  changedAt: '2026-03-01T10:00:00.000Z',
  payment: state,
  lines: lines.filter((line) => line !== null),
});

/** An order's life: edit after edit, each a whole snapshot. */
const lifeOf = (lineOf: typeof anyLine): fc.Arbitrary<readonly Snapshot[]> =>
  fc
    .array(fc.tuple(payment, fc.tuple(fc.option(lineOf('L1')), fc.option(lineOf('L2')))), {
      minLength: 1,
      maxLength: 5,
    })
    .map((edits) => edits.map(([state, lines], index) => snapshotOf(index + 1, state, lines)));

/** Its snapshots as they may arrive. */
const arrivalOf = (lineOf: typeof anyLine) =>
  lifeOf(lineOf).chain((snapshots) =>
    fc
      .subarray([...snapshots])
      .chain((again) => fc.shuffledSubarray([...snapshots, ...again], { minLength: snapshots.length + again.length }))
      .map((arriving) => ({ newest: snapshots.slice(-1), arriving })),
  );

const record = (process: Process, snapshot: Snapshot) =>
  process.desk.record(
    { connection: 'shop', channel: 'web', orderKey: '77', snapshot },
    callerWith(`v${snapshot.version}`),
  );

/** Every balance at every place. */
const balancesOf = ({ balances }: StockState): readonly (readonly number[])[] =>
  [...balances.values()].map((at) => [at.sellable, at.committed, at.quarantined, at.damaged, at.reserved]);

/**
 * Where units are short, which place owes them, and whether a refunded one was still there to be put aside, tells of the
 * road. How many are committed and how many are left does not.
 */
const sumsOf = ({ balances }: StockState): { readonly committed: number; readonly left: number } => {
  const all = [...balances.values()];
  return {
    committed: all.reduce((sum, at) => sum + at.committed, 0),
    left: all.reduce((sum, at) => sum + at.sellable + at.quarantined, 0),
  };
};

const sellableAt = ({ balances }: StockState, location: string): number => balances.get(location)?.sellable ?? 0;

/** Nobody waits for units while units are free. */
const isServed = (state: StockState): boolean =>
  sellableAt(state, 'unsourced:web') === 0 || sellableAt(state, 'wh1') <= 0;

/** The SKUs after these snapshots in this order, each with so many units to begin with. */
const statesAfter = async (units: number, arriving: readonly Snapshot[]): Promise<readonly StockState[]> => {
  const store = freshStore();
  const process = startProcess(store);
  for (const sku of skus) await receive(process, sku, units);
  for (const snapshot of arriving) expect((await record(process, snapshot)).kind).toBe('recorded');
  return Promise.all(skus.map((sku) => stateOf(store, sku)));
};

const plenty = 1_000;
const few = 8;

describe('snapshots in any order, any of them twice', () => {
  /* Without refunds: what is put aside of them follows what was issued when they were told. */
  test('leave every balance as the newest alone does', async () => {
    await fc.assert(
      fc.asyncProperty(arrivalOf(withoutRefunds), async ({ newest, arriving }) => {
        const states = await statesAfter(plenty, arriving);
        expect(states.map(balancesOf)).toEqual((await statesAfter(plenty, newest)).map(balancesOf));
      }),
      { numRuns: 300 },
    );
  });

  test('where units are short: as many committed and as many left, and nobody waits while units are free', async () => {
    await fc.assert(
      fc.asyncProperty(arrivalOf(anyLine), async ({ newest, arriving }) => {
        const states = await statesAfter(few, arriving);
        expect(states.map(sumsOf)).toEqual((await statesAfter(few, newest)).map(sumsOf));
        expect(states.every(isServed)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('control: an edit that goes missing is seen', async () => {
    const property = fc.asyncProperty(arrivalOf(anyLine), async ({ newest, arriving }) => {
      const without = arriving.filter(({ version }) => version !== newest[0]?.version);
      expect((await statesAfter(few, without)).map(sumsOf)).toEqual((await statesAfter(few, newest)).map(sumsOf));
    });
    expect((await fc.check(property, { numRuns: 100, seed: 1, endOnFailure: true })).failed).toBe(true);
  });
});
