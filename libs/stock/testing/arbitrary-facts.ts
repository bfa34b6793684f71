import fc from 'fast-check';
import type { Instant } from '#event-sourcing';
import { ages, buckets, keys, orderLines, quantities, versions, warehouses, type Timed } from './arbitrary-values.js';
import { later } from './company.js';
import { hashed } from './facts.js';

/* Reports as they may come: late, twice, corrected, of the same few documents. */

const reports = fc.record({ sourceKey: keys, sourceVersion: versions, location: warehouses });

const basis = { connection: 'wms' };
const timed = <Value>(
  values: fc.Arbitrary<Value>,
  command: (value: Value, at: Instant) => object,
): fc.Arbitrary<Timed> =>
  fc.tuple(values, ages).map(
    ([value, age]) =>
      (moment) =>
        hashed({ ...basis, ...command(value, later(-age, moment)), occurredAt: later(-age, moment) } as never),
  );

export const receipts = timed(
  fc.tuple(reports, fc.integer({ min: 0, max: 30 }), buckets),
  ([report, quantity, bucket]) => ({
    kind: 'receipt',
    ...report,
    quantity,
    bucket,
  }),
);

export const issues = timed(
  fc.tuple(reports, quantities, fc.option(orderLines, { nil: undefined })),
  ([report, quantity, order]) => ({
    kind: 'issue',
    ...report,
    quantity,
    ...(order && { order }),
  }),
);

export const returns = timed(
  fc.tuple(
    reports,
    quantities,
    fc.constantFrom('sellable', 'damaged', 'scrapped'),
    fc.option(orderLines, { nil: undefined }),
  ),
  ([report, quantity, disposition, order]) => ({
    kind: 'return',
    ...report,
    quantity,
    disposition,
    ...(order && { order }),
  }),
);

export const adjustments = timed(
  fc.tuple(reports, fc.integer({ min: -6, max: 6 }), buckets),
  ([report, quantity, bucket]) => ({
    kind: 'adjustment',
    ...report,
    quantity,
    bucket,
    reason: 'checked',
  }),
);

export const counts = timed(
  fc.tuple(reports, quantities, fc.constantFrom('on_hand', 'usable', 'free')),
  ([report, observed, base], asOf) => ({ kind: 'count', ...report, observed, basis: base, asOf }),
);

export const observations = timed(
  fc.tuple(reports, quantities, fc.constantFrom('on_hand', 'usable', 'free'), fc.boolean()),
  ([report, observed, base, released], asOf) => ({
    ...{ kind: 'observation', ...report, sourceVersion: 1, observed, basis: base, asOf },
    ...(released && { released }),
  }),
);

export const bucketChanges = timed(fc.tuple(reports, quantities, buckets, buckets), ([report, quantity, from, to]) => ({
  kind: 'bucket_change',
  ...report,
  quantity,
  from,
  to,
  reason: 'checked',
}));

export const transfers = timed(
  fc.tuple(
    reports,
    quantities,
    fc.constantFrom('transfer_dispatch', 'transfer_receipt', 'transfer_close'),
    fc.constantFrom('t1', 't2'),
  ),
  ([report, quantity, kind, transfer]) => ({ kind, ...report, transfer, quantity, lost: quantity, to: 'wh2' }),
);

/** Reports of what moves physically: any order and any duplication ends with the newest versions. */
export const facts = fc.oneof(receipts, issues, returns, adjustments, bucketChanges, transfers);

/** Purchase orders that slip, are cut, come unconfirmed or without a date; receipts name some of them. */
export const incomings = timed(
  fc.tuple(
    fc.record({ sourceKey: fc.constantFrom('po1', 'po2'), sourceVersion: versions, location: warehouses }),
    fc.integer({ min: 0, max: 12 }),
    fc.constantFrom(undefined, 2, 2, 4, 9),
    fc.record({ confirmed: fc.constantFrom(true, true, true, false), confidence: fc.constantFrom(10_000, 9_000) }),
  ),
  ([report, quantity, days, trust]) => ({
    kind: 'incoming',
    ...report,
    ...trust,
    quantity,
    orderedAt: '2026-02-20T00:00:00.000Z',
    ...(days !== undefined && { eta: later(days * 86_400) }),
  }),
);

export const expectedReceipts = timed(
  fc.tuple(reports, fc.integer({ min: 0, max: 8 }), fc.constantFrom('po1', 'po2')),
  ([report, quantity, incomingLine]) => ({ kind: 'receipt', ...report, quantity, bucket: 'sellable', incomingLine }),
);
