import { describe, expect, it } from 'vitest';
import { jsonBytes } from '#event-sourcing';
import { known, line, now, policyWith, resolve, snapshot } from '../testing/orders.js';
import { appendBytesMax } from './bounds.js';
import type { OrderCommand } from './commands.js';
import { decideOrder, type OrderDecision } from './decide.js';
import { fewItemsMax } from './in-appends.js';
import { evolveOrder, noOrder, type OrderState } from './state.js';

/* Orders whose events are more than a store takes in one append. */

const serverBytesMax = 1_048_576;
const policy = policyWith();
const decided = (command: OrderCommand, state: OrderState): OrderDecision =>
  decideOrder({ command, now, policy, known }, state);

type Append = { readonly decision: OrderDecision; readonly after: OrderState };

/** What each append carries, and where it leaves the order. */
const appendsOf = (command: OrderCommand, state: OrderState): readonly Append[] => {
  const decision = decided(command, state);
  if (decision.kind === 'refused') return [{ decision, after: state }];
  const after = decision.events.reduce(evolveOrder, state);
  return [{ decision, after }, ...(decision.kind === 'prepared' ? appendsOf(command, after) : [])];
};
const typesIn = (appends: readonly Append[]): readonly (readonly string[])[] =>
  appends.map(({ decision }) => (decision.kind === 'refused' ? [] : decision.events.map(({ type }) => type)));

const linesOf = (count: number, keyLength: number, ordered = 1) =>
  Array.from({ length: count }, (_, index) =>
    line(String(index).padEnd(keyLength, '-'), `SKU ${index}`.padEnd(keyLength, '-'), ordered),
  );
const command = (version: number, lines: ReturnType<typeof linesOf>): OrderCommand => ({
  ...{ kind: 'record', connection: 'shop', channel: 'web', orderKey: '77' },
  ...{ snapshot: snapshot(version, lines), hash: `hash ${version}` },
});
const large = command(1, linesOf(2_000, 40));

describe('an order of 2,000 lines with long keys', () => {
  it('is said first, and what follows from it comes in appends of their own', () => {
    const appends = appendsOf(large, noOrder);
    expect(typesIn(appends).flat()).toEqual(['OrderRecorded', 'OrderLinesResolved', 'OrderTargetsSet']);
    expect(appends.length).toBeGreaterThan(1);
    const sizes = appends.map(({ decision }) => jsonBytes('events' in decision ? decision.events : []));
    for (const size of sizes) expect(size).toBeLessThan(serverBytesMax);
    expect(
      sizes.reduce((sum, size) => sum + size),
      'control: in one it would be too large',
    ).toBeGreaterThan(serverBytesMax);
    expect(appends.map(({ after }) => after.isSettled)).toEqual(
      appends.map((_, index) => index === appends.length - 1),
    );
  });

  it('sets each target at the revision of its own event', () => {
    const { after } = appendsOf(large, noOrder).at(-1)!;
    expect(after.revision).toBe(2);
    expect(after.told?.targets).toHaveLength(2_000);
    expect(new Set(after.told?.targets.map(({ version }) => version))).toEqual(new Set([2]));
  });

  it.each([
    ['the same snapshot again', large],
    ['an older one', command(0, linesOf(1, 1))],
    ['whoever resolves', resolve],
  ])('left unsettled, goes on with %s, and once', (_, next) => {
    const [said] = appendsOf(large, noOrder);
    const after = appendsOf(next, said!.after).at(-1)!.after;
    expect(after).toEqual(appendsOf(large, noOrder).at(-1)!.after);
    expect(decided(next, after)).toEqual({ kind: 'accepted', events: [] });
  });

  it('left unsettled, ends as a newer one says', () => {
    const [said] = appendsOf(large, noOrder);
    const { after } = appendsOf(command(2, linesOf(2_000, 40, 5)), said!.after).at(-1)!;
    expect(after.isSettled).toBe(true);
    expect(after.told?.targets.every(({ ordered }) => ordered === 5)).toBe(true);
  });

  it('is left whole where no append could carry one of its events: then nothing of it is to be stored', () => {
    const [only, ...others] = appendsOf(command(1, linesOf(2_000, 700)), noOrder);
    expect(others).toEqual([]);
    expect(only?.decision.kind).toBe('accepted');
  });

  // What is costliest: each of these characters is four in a JSON text within a JSON text.
  const longest = (index: number): string => String(index).padEnd(64, '"');
  it.each([
    ['resolved', fewItemsMax / 3, (index: number) => ({ sku: longest(index), unitsPerSale: 1_000_000 })],
    ['unmapped', fewItemsMax / 2, (index: number) => ({ ids: { product: longest(index), variant: longest(index) } })],
  ])('is not measured where few lines are %s: the longest are no more than a store takes', (_, count, productOf) => {
    const lines = Array.from({ length: count }, (_nothing, index) => line(longest(index), productOf(index), 1));
    const [only, ...others] = appendsOf(command(1, lines), noOrder);
    const events = only !== undefined && 'events' in only.decision ? only.decision.events : [];
    expect([events.length > 1, others]).toEqual([true, []]);
    expect(jsonBytes(events)).toBeLessThan(appendBytesMax);
  });

  it('control: one of usual size is one append', () => {
    expect(typesIn(appendsOf(command(1, linesOf(500, 30)), noOrder))).toEqual([
      ['OrderRecorded', 'OrderLinesResolved', 'OrderTargetsSet'],
    ]);
  });
});
