import fc from 'fast-check';
import type { StockCommand, TargetLine } from '../src/index.js';
import {
  ages,
  channels,
  orderKeys,
  orderLines,
  quantities,
  still,
  versions,
  warehouses,
  type Timed,
} from './arbitrary-values.js';
import { later } from './company.js';
import { lineTarget, orderOf } from './requests.js';

/* What carts, orders and people may ask for. */

const speaking = { connection: 'operator' };
const carts = fc.record({ channel: channels, cart: fc.constantFrom('c1', 'c1', 'c2') });

const ttls = fc.constantFrom(1_000, 600_000, 3_600_000);

export const reserves = still(
  fc.tuple(carts, quantities, ttls, fc.boolean()).map(([cart, quantity, ttlMillis, partial]) => ({
    kind: 'reserve',
    ...speaking,
    ...cart,
    quantity,
    ttlMillis,
    partial,
  })),
);

export const releases = still(carts.map((cart) => ({ kind: 'release', ...speaking, ...cart })));

export const extensions = still(
  fc.tuple(carts, ttls).map(([cart, ttlMillis]) => ({ kind: 'extend', ...speaking, ...cart, ttlMillis })),
);

export const undos: fc.Arbitrary<Timed> = fc.tuple(carts, quantities).map(([cart, quantity]) => (moment) => ({
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

export const moves = still(
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

export const acknowledgements: fc.Arbitrary<Timed> = fc
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

/** What is kept for channels, with changes of mind; a quota may be taken away. */
export const quotas = still(
  fc
    .tuple(fc.constantFrom('web', 'b2b'), warehouses, quantities, fc.constantFrom(0, 1))
    .map(([channel, location, quantity, priority]) => ({
      kind: 'set_quota',
      ...speaking,
      ...{ channel, location, quantity, priority },
    })),
);
