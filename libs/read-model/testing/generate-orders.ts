import type { RecordedEvent } from '#event-sourcing';
import type { LineStanding, OrderLine, Part } from '#stock';
import { logBuilder, recordedAtOf } from './log-builder.js';

/** A cheap seeded generator (mulberry32). */
export const seededRandom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const standing = (
  version: number,
  ordered: number,
  issued: number,
  committed: LineStanding['committed'],
): LineStanding => ({
  version,
  ordered,
  promised: ordered,
  baselineIssued: 0,
  baselineReturned: 0,
  issued,
  returned: 0,
  withheld: 0,
  committed,
  sent: [],
  paid: true,
  placedAt: recordedAtOf(0),
});

/** A log of opening stock and then order lines, each committed and issued: the shape of a retailer's year. */
export const generateOrders = ({
  events: eventCount,
  skus: skuCount,
  seed,
}: {
  events: number;
  skus: number;
  seed: number;
}): RecordedEvent[] => {
  const log = logBuilder();
  const random = seededRandom(seed);
  log.add('policy-location-wh1', {
    type: 'LocationDefined',
    occurredAt: recordedAtOf(0),
    data: { location: 'wh1', author: 'retailer', authors: {} },
  });
  for (const channel of ['dotcom', 'account', 'unregistered'])
    log.add(`policy-channel-${channel}`, {
      type: 'ChannelDefined',
      occurredAt: recordedAtOf(0),
      data: { channel, connection: 'retailer', locations: ['wh1'], reservationTtlMillis: 900_000, splitCarts: false },
    });
  for (let sku = 0; sku < skuCount; sku++) {
    const parts: Part[] = [{ location: 'wh1', from: 'supplier', to: 'sellable', quantity: 100_000 }];
    log.add(`stock-S${sku}`, {
      type: 'StockReceived',
      occurredAt: recordedAtOf(0),
      data: {
        parts,
        fact: {
          connection: 'retailer',
          kind: 'receipt',
          sourceKey: `opening-S${sku}`,
          version: 1,
          hash: 'h'.repeat(64),
        },
      },
    });
  }
  for (let order = 0; log.events.length < eventCount; order++) {
    for (let line = 0; line < 20; line++) {
      // Squared: a few SKUs sell most.
      const stream = `stock-S${Math.floor(random() * random() * skuCount)}`;
      addLine(
        log,
        stream,
        { channel: 'account', orderKey: `5${order}`, line: `${line}` },
        1 + Math.floor(random() * 12),
      );
    }
  }
  return log.events;
};

const addLine = (log: ReturnType<typeof logBuilder>, stream: string, order: OrderLine, quantity: number): void => {
  const occurredAt = recordedAtOf(log.events.length);
  log.add(stream, {
    type: 'CommitmentChanged',
    occurredAt,
    data: {
      parts: [{ location: 'wh1', from: 'sellable', to: 'committed', quantity }],
      order,
      line: standing(1, quantity, 0, [{ location: 'wh1', quantity }]),
      decidedOn: { atp: 1_000, policies: { 'policy-channel-account': 0 } },
    },
  });
  log.add(stream, {
    type: 'StockIssued',
    occurredAt,
    data: {
      parts: [{ location: 'wh1', from: 'committed', to: 'customer', quantity }],
      fact: {
        connection: 'retailer',
        kind: 'ordered',
        sourceKey: `${order.orderKey}/${order.line}`,
        version: 1,
        hash: 'h'.repeat(64),
      },
      order,
      line: standing(1, quantity, quantity, []),
    },
  });
};
