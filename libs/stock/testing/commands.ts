import fc from 'fast-check';
import type { Instant } from '#event-sourcing';
import type { OrderLine, StockCommand, TargetLine } from '../src/index.js';
import { later, now } from './company.js';
import { hashed } from './facts.js';
import { lineTarget, orderOf } from './requests.js';

/* Commands as they may come: few places, keys and carts, so that they meet; times that pass and lie back. */

/** A command and the moment of its decision. */
export type Step = { readonly command: StockCommand; readonly now: Instant };
type Timed = (now: Instant) => StockCommand;

const quantities = fc.integer({ min: 0, max: 9 });
const warehouses = fc.constantFrom('wh1', 'wh2');
const keys = fc.constantFrom('a', 'b', 'c', 'd');
const versions = fc.integer({ min: 1, max: 4 });
/** Seconds before the decision that something happened: now, lately, and before the weekend. */
const ages = fc.constantFrom(0, 30, 600, 3_600, 400_000);
const channels = fc.constantFrom('web', 'web', 'b2b');
const orderKeys = fc.constantFrom('o1', 'o1', 'o2');
const orderLines: fc.Arbitrary<OrderLine> = fc.record({
  channel: channels,
  orderKey: orderKeys,
  line: fc.constantFrom('1', '1', '2'),
});
const buckets = fc.constantFrom('sellable' as const, 'quarantined' as const, 'damaged' as const);

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

const receipts = timed(fc.tuple(reports, fc.integer({ min: 0, max: 30 }), buckets), ([report, quantity, bucket]) => ({
  kind: 'receipt',
  ...report,
  quantity,
  bucket,
}));
const issues = timed(
  fc.tuple(reports, quantities, fc.option(orderLines, { nil: undefined })),
  ([report, quantity, order]) => ({
    kind: 'issue',
    ...report,
    quantity,
    ...(order && { order }),
  }),
);
const returns = timed(
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
const adjustments = timed(
  fc.tuple(reports, fc.integer({ min: -6, max: 6 }), buckets),
  ([report, quantity, bucket]) => ({
    kind: 'adjustment',
    ...report,
    quantity,
    bucket,
    reason: 'checked',
  }),
);
const counts = timed(
  fc.tuple(reports, quantities, fc.constantFrom('on_hand', 'usable', 'free')),
  ([report, observed, base], asOf) => ({ kind: 'count', ...report, observed, basis: base, asOf }),
);
const observations = timed(
  fc.tuple(reports, quantities, fc.constantFrom('on_hand', 'usable', 'free'), fc.boolean()),
  ([report, observed, base, released], asOf) => ({
    ...{ kind: 'observation', ...report, sourceVersion: 1, observed, basis: base, asOf },
    ...(released && { released }),
  }),
);
const bucketChanges = timed(fc.tuple(reports, quantities, buckets, buckets), ([report, quantity, from, to]) => ({
  kind: 'bucket_change',
  ...report,
  quantity,
  from,
  to,
  reason: 'checked',
}));
const transfers = timed(
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

const carts = fc.record({ channel: channels, cart: fc.constantFrom('c1', 'c1', 'c2') });
const ttls = fc.constantFrom(1_000, 600_000, 3_600_000);
const still = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Timed> => values.map((value) => () => value as never);
const speaking = { connection: 'operator' };
const reserves = still(
  fc.tuple(carts, quantities, ttls, fc.boolean()).map(([cart, quantity, ttlMillis, partial]) => ({
    kind: 'reserve',
    ...speaking,
    ...cart,
    quantity,
    ttlMillis,
    partial,
  })),
);
const releases = still(carts.map((cart) => ({ kind: 'release', ...speaking, ...cart })));
const extensions = still(
  fc.tuple(carts, ttls).map(([cart, ttlMillis]) => ({ kind: 'extend', ...speaking, ...cart, ttlMillis })),
);
const undos: fc.Arbitrary<Timed> = fc.tuple(carts, quantities).map(([cart, quantity]) => (moment) => ({
  kind: 'undo',
  ...speaking,
  ...cart,
  undoes: 'command-1',
  quantity,
  expiresAt: later(60, moment),
}));

export const targetLines = (version: number): fc.Arbitrary<TargetLine> =>
  fc
    .record({
      line: fc.constantFrom('1', '1', '2'),
      promised: quantities,
      cancelled: fc.integer({ min: 0, max: 4 }),
      withheld: fc.constantFrom(0, 0, 1, 2),
      shipped: fc.constantFrom(undefined, undefined, undefined, undefined, 0, 1, 3, 6),
      restocked: fc.constantFrom(undefined, undefined, undefined, 0, 1, 4),
      baselineIssued: fc.constantFrom(0, 0, 0, 1),
      location: fc.option(warehouses, { nil: undefined }),
      paid: fc.boolean(),
    })
    .map(({ line, promised, cancelled, shipped, restocked, location, ...rest }) =>
      lineTarget(line, version, promised, {
        ...rest,
        ordered: promised + cancelled,
        ...(shipped !== undefined && { shipped }),
        ...(restocked !== undefined && { restocked }),
        ...(location !== undefined && { location }),
      }),
    );
export const targets: fc.Arbitrary<StockCommand> = versions.chain((version) =>
  fc
    .tuple(channels, orderKeys, targetLines(version), fc.option(carts, { nil: undefined }))
    .map(([channel, orderKey, line, cart]) =>
      orderOf(orderKey, [line], {
        ...speaking,
        channel,
        ...(cart && { reservation: `${channel}:${cart.cart}` }),
      }),
    ),
);
const moves = still(
  fc
    .tuple(
      orderLines,
      fc.constantFrom('wh1', 'wh2', 'unsourced:web'),
      fc.option(warehouses, { nil: undefined }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('resourced', 'short_pick'),
    )
    .map(([order, from, to, quantity, reason]) => ({
      kind: 'move_commitment',
      ...speaking,
      order,
      from,
      ...(to !== undefined && { to }),
      quantity,
      reason,
    })),
);
const acknowledgements: fc.Arbitrary<Timed> = fc
  .tuple(
    orderLines,
    warehouses,
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('sent' as const, 'acknowledged' as const, 'refused' as const),
    fc.constantFrom('operator', 'wms'),
    ages,
  )
  .map(([order, location, quantity, state, connection, age]) => (moment) => ({
    kind: 'acknowledge_commitment',
    connection,
    order,
    location,
    quantity,
    state,
    occurredAt: later(-age, moment),
  }));

/** Purchase orders that slip, are cut, come unconfirmed or without a date; receipts name some of them. */
const incomings = timed(
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
const expectedReceipts = timed(
  fc.tuple(reports, fc.integer({ min: 0, max: 8 }), fc.constantFrom('po1', 'po2')),
  ([report, quantity, incomingLine]) => ({ kind: 'receipt', ...report, quantity, bucket: 'sellable', incomingLine }),
);

/** What is kept for channels, with changes of mind; a quota may be taken away. */
const quotas = still(
  fc
    .tuple(fc.constantFrom('web', 'b2b'), warehouses, quantities, fc.constantFrom(0, 1))
    .map(([channel, location, quantity, priority]) => ({
      kind: 'set_quota',
      ...speaking,
      ...{ channel, location, quantity, priority },
    })),
);

const anything: fc.Arbitrary<Timed> = fc.oneof(
  { weight: 2, arbitrary: quotas },
  { weight: 4, arbitrary: incomings },
  { weight: 2, arbitrary: expectedReceipts },
  { weight: 4, arbitrary: receipts },
  { weight: 4, arbitrary: still(targets) },
  { weight: 5, arbitrary: reserves },
  { weight: 3, arbitrary: issues },
  { weight: 2, arbitrary: adjustments },
  { weight: 2, arbitrary: counts },
  { weight: 2, arbitrary: observations },
  { weight: 1, arbitrary: returns },
  { weight: 1, arbitrary: bucketChanges },
  { weight: 1, arbitrary: transfers },
  { weight: 1, arbitrary: releases },
  { weight: 1, arbitrary: extensions },
  { weight: 1, arbitrary: undos },
  { weight: 3, arbitrary: moves },
  { weight: 3, arbitrary: acknowledgements },
  { weight: 1, arbitrary: fc.constant(() => ({ kind: 'sweep', connection: 'operator' }) as const) },
);

/** A history of commands on one SKU that opens with units in both warehouses; time passes, holds expire. */
export const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    receipts,
    receipts,
    fc.array(fc.tuple(anything, fc.constantFrom(0, 1, 20, 700, 90_000)), { maxLength: 40, size: 'max' }),
  )
  .map(([first, second, all]) => {
    let moment = now;
    const opening = [first, second].map((command) => ({ command: command(now), now }));
    const rest = all.map(([command, seconds]) => {
      moment = later(seconds, moment);
      return { command: command(moment), now: moment };
    });
    return [...opening, ...rest];
  });
