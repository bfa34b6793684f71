import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsAlike, standingOf, type Decide } from '../testing/arrivals.js';
import { later, now } from '../testing/company.js';
import { adjustment, countOf, hashed, receipt, reporting } from '../testing/facts.js';
import { decideOn } from '../testing/run.js';
import type { CountStock, FactCommand, StockEvent } from './index.js';
import { factKeyOf } from './keys.js';

/*
 * Counts and movements of the last hours, each with its own moment, some corrected at that moment: whoever reports first,
 * the figure of the latest count and what moved after it stand.
 */

const moments = [-4_000, -3_000, -2_000, -1_000, -500] as const;
const warehouses = fc.constantFrom('wh1', 'wh2');

type Report = { readonly document: number; readonly version: number; readonly quantity: number };
const reports = (make: (report: Report) => FactCommand) =>
  fc
    .record({ document: fc.nat(moments.length - 1), version: fc.integer({ min: 1, max: 3 }), quantity: fc.nat(12) })
    .map(make);

const momentOf = (document: number, after: number) => later((moments[document] ?? 0) + after, now);
const keyed = (kind: string, { document, version }: Report, after: number) => ({
  ...{ sourceKey: `${kind}${document}`, sourceVersion: version, occurredAt: momentOf(document, after) },
  location: document % 2 === 0 ? 'wh1' : 'wh2',
});

const receipts = reports((report) =>
  receipt(report.quantity, {
    ...keyed('receipt', report, 0),
    bucket: report.document === 4 ? 'quarantined' : 'sellable',
  }),
);
const bucketChanges = reports((report) =>
  hashed({
    ...reporting('wms'),
    ...keyed('change', report, 30),
    ...{ kind: 'bucket_change', from: 'sellable', to: 'damaged', quantity: report.quantity, reason: 'checked' },
  }),
);
const adjustments = reports((report) =>
  adjustment(report.quantity - 6, { ...keyed('adjustment', report, 60), bucket: 'damaged' }),
);
const counts = fc
  .tuple(
    fc.record({ document: fc.nat(moments.length - 1), version: fc.integer({ min: 1, max: 3 }), quantity: fc.nat(12) }),
    warehouses,
  )
  .map(([report, location]): CountStock => {
    const { occurredAt, ...rest } = keyed(`count-${location}`, report, location === 'wh1' ? 100 : 130);
    const basis = report.document < 3 && report.document % 2 === 0 ? 'usable' : 'on_hand';
    return countOf(report.quantity, occurredAt, { ...rest, location, basis });
  });

const all = fc.uniqueArray(fc.oneof(receipts, bucketChanges, adjustments, counts, counts), {
  selector: (command) => `${factKeyOf(command)}|${command.sourceVersion}`,
  minLength: 2,
  maxLength: 12,
});
const newest = (commands: readonly FactCommand[]): readonly FactCommand[] =>
  commands.filter(
    (fact) =>
      !commands.some((other) => factKeyOf(other) === factKeyOf(fact) && other.sourceVersion > fact.sourceVersion),
  );
const outcome = (decide: Decide = decideOn) =>
  endsAlike({ items: all, newest, toCommands: (commands) => commands, view: standingOf, decide, numRuns: 1_500 });

const without =
  (type: StockEvent['type']): Decide =>
  (state, command, rest) => {
    const decision = decideOn(state, command, rest);
    if (decision.kind === 'refused') return decision;
    return { ...decision, events: decision.events.filter((event) => event.type !== type) };
  };

describe('counts and movements', () => {
  it('end alike in any order, doubled or not, whatever each count looks at', () => {
    expect(outcome()).toBeUndefined();
  });
  it('control: not where a count is not revised by what it had seen', () => {
    expect(outcome(without('CountRevised'))).toBeDefined();
  });
});
